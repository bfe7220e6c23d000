package io.channel4j.benchmarks;

import java.util.Map;
import java.util.Set;

/** The contenders known by a short name. Classes are named, not linked: one process loads one. */
final class Contenders {
  /** The peer that everybody else is compared with. */
  static final String OURS = "channel4j";

  /** Not a class but a program: see {@link GoProgram}. */
  static final String GO = "go";

  private static final String PEERS = "io.channel4j.benchmarks.peers.";
  private static final Map<String, String> CLASSES =
      Map.of(
          OURS,
          PEERS + "Channel4jPeer",
          "channel4j-oneshot",
          PEERS + "Channel4jOneShotPeer",
          "kotlin",
          PEERS + "KotlinContender",
          "jox",
          PEERS + "JoxPeer",
          "juc",
          PEERS + "JucPeer",
          "jctools",
          PEERS + "JcToolsPeer",
          "park",
          PEERS + "ParkPeer");

  private Contenders() {}

  static Set<String> names() {
    return CLASSES.keySet();
  }

  static boolean isKnown(String target) {
    return target.equals(GO) || CLASSES.containsKey(target) || target.indexOf('.') > 0;
  }

  /** Makes the contender of a known name, or of any class that is a Peer or a Contender. */
  static Contender make(String target) throws ReflectiveOperationException {
    Object made =
        Class.forName(CLASSES.getOrDefault(target, target)).getDeclaredConstructor().newInstance();
    return switch (made) {
      case Contender contender -> contender;
      case Peer peer -> new ThreadContender(peer);
      default -> throw new IllegalArgumentException(target + " is neither a Peer nor a Contender");
    };
  }
}
