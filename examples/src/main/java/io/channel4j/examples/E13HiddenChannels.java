package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Concurrency as a detail: the caller sees a list and a map, and no channel. */
public final class E13HiddenChannels {
  private E13HiddenChannels() {}

  /** Counts the words of two lines. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println(WordCount.of(List.of("to be or not", "to be")));
  }

  /**
   * What this program offers. How many goroutines count, and how they hand over what they found,
   * may change without a change for the caller. Channels belong into such an API only if they are
   * what it is about, as with {@code after(duration)}.
   */
  public static final class WordCount {
    private WordCount() {}

    /** How often each word occurs. */
    public static Map<String, Integer> of(List<String> texts) throws InterruptedException {
      Channel<Map<String, Integer>> counts = Channel.make(texts.size());
      for (String text : texts) {
        go(() -> counts.send(count(text)));
      }
      var sum = new TreeMap<String, Integer>();
      for (int i = 0; i < texts.size(); i++) {
        counts.receive().forEach((word, n) -> sum.merge(word, n, Integer::sum));
      }
      return sum;
    }

    private static Map<String, Integer> count(String text) {
      var words = new TreeMap<String, Integer>();
      for (String word : text.split(" ", -1)) {
        words.merge(word, 1, Integer::sum);
      }
      return words;
    }
  }
}
