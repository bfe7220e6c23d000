package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One column of the table.
 *
 * @param label the column's name
 * @param target a known name, or a class that is a {@link Peer} or a {@link Contender}
 * @param settings JVM options (for Go: environment variables) of this column alone
 * @param without what is left out of channel4j in this column
 */
record Entrant(String label, String target, List<String> settings, Optional<Ablation> without) {

  /** The library as it is, or somebody else. */
  Entrant(String label, String target, List<String> settings) {
    this(label, target, settings, Optional.empty());
  }

  /** The library without that. */
  static Entrant without(Ablation ablation) {
    return new Entrant(ablation.name(), Contenders.OURS, List.of(), Optional.of(ablation));
  }

  /** Parses {@code [label=]target[@setting]...}. */
  static Entrant parse(String text) {
    var parts = new ArrayList<>(List.of(text.split("@")));
    String head = parts.removeFirst();
    int equals = head.indexOf('=');
    String target = head.substring(equals + 1);
    if (!Contenders.isKnown(target)) {
      throw new IllegalArgumentException(
          "no peer "
              + target
              + "; there are go, "
              + String.join(", ", Contenders.names())
              + ", or the name of a class that implements "
              + Peer.class.getName());
    }
    String label =
        equals > 0 ? head.substring(0, equals) : target.substring(target.lastIndexOf('.') + 1);
    return new Entrant(label, target, List.copyOf(parts));
  }

  boolean isGo() {
    return target.equals(Contenders.GO);
  }
}
