package io.channel4j.conformance.support;

/** The two kinds of thread that a channel must serve alike. */
public enum ThreadKind {
  VIRTUAL {
    @Override
    public Thread unstarted(String name, Runnable body) {
      return Thread.ofVirtual().name(name).unstarted(body);
    }
  },
  PLATFORM {
    @Override
    public Thread unstarted(String name, Runnable body) {
      return Thread.ofPlatform().daemon().name(name).unstarted(body);
    }
  };

  public abstract Thread unstarted(String name, Runnable body);
}
