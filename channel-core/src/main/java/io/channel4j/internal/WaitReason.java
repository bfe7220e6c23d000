package io.channel4j.internal;

/** Why a thread waits, in the words of Go's goroutine dumps (src/runtime/runtime2.go). */
public enum WaitReason {
  CHAN_RECEIVE("chan receive"),
  CHAN_SEND("chan send"),
  CHAN_RECEIVE_NIL("chan receive (nil chan)"),
  CHAN_SEND_NIL("chan send (nil chan)"),
  SELECT("select"),
  SELECT_NO_CASES("select (no cases)"),
  SYNC_WAIT_GROUP_WAIT("sync.WaitGroup.Wait"),
  SYNC_MUTEX_LOCK("sync.Mutex.Lock"),
  /** Not Go's: it has nothing to wait for one goroutine with. */
  GOROUTINE_JOIN("goroutine join"),
  SLEEP("sleep");

  private final String text;

  WaitReason(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
