package io.channel4j.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a few threads did to a few channels, with the times at which they were seen to do it, and
 * the question whether Go's channels could have behaved so.
 *
 * <p>The specification is Go's chan.go and select.go run by one thread: a buffer, a closed flag and
 * the waiting operations of each channel. An operation <i>arrives</i> at one instant, and then is
 * done or waits; one that waits is finished by the arrival of another, or leaves. {@link #explain}
 * looks for an order of those instants that agrees with the clock and with all results, in the
 * manner of Wing and Gong: depth first, each state once.
 */
final class History {
  /*
   * What the clock says of an operation: invoked < arrival <= end < returned, and arrival < parked if
   * somebody saw its thread parked. A step may come next only if it was invoked before the first of
   * the deadlines of all steps still to come.
   *
   * First come first served holds among plain operations. Selects are looser than in Go, because
   * their cases enqueue one after the other, and because a loop keeps old places: a waiting select may
   * be served out of turn, and a peer may meet a select that is on its way to waiting, even though
   * another of its cases is ready. And a sender may wait, though not for ever, where the last free
   * slots belong to senders that are on their way to the buffer.
   *
   * A receive that makes room for a waiting sender takes two steps, and keeps the slot in between: a
   * close, an interrupt or a deadline may come there and end the sender's wait.
   *
   * A close ends the operations that wait one after the other, so that a waiting select may go on with
   * another case, and a waiting operation may be interrupted, when others have seen the close already.
   *
   * If senders need not be in order, one that was served may also get to the buffer later: its slot is
   * kept for it, but others may overtake it.
   */

  /** Whether an operation waits. */
  enum Mode {
    WAITS,
    TIMED,
    TRIES,
    CLOSES,
    /** Not an operation: the moment at which nothing moved any more. */
    QUIET
  }

  /** Results; 0 and more name the case that was chosen. */
  static final int NOT_READY = -1;

  static final int PANIC = -2;
  static final int INTERRUPTED = -3;

  /** What a receive gives on a closed channel. */
  static final int CLOSED = -1;

  static final int NEVER = Integer.MAX_VALUE;

  record Case(int channel, boolean sends, int value) {
    @Override
    public String toString() {
      return sends ? "c" + channel + "<-" + value : "<-c" + channel;
    }
  }

  /** An operation and, once it has run, what became of it. */
  static final class Op {
    final String form;
    final Mode mode;
    final List<Case> cases;

    int invoked;
    int parked = NEVER;
    int returned = NEVER;
    int result = INTERRUPTED;
    int got;

    /** Still waited when nothing moved any more. */
    boolean stuck;

    Op(String form, Mode mode, List<Case> cases) {
      this.form = form;
      this.mode = mode;
      this.cases = cases;
    }

    boolean waitsOn(int channel, boolean sends) {
      for (Case c : cases) {
        if (c.channel == channel && c.sends == sends) {
          return true;
        }
      }
      return false;
    }

    Case chosen() {
      return cases.get(result);
    }

    boolean isPlain() {
      return cases.size() == 1 && form.equals("plain");
    }

    Op at(int from, int to) {
      invoked = from;
      returned = to;
      return this;
    }

    Op parkedAt(int time) {
      parked = time;
      return this;
    }

    Op chose(int chosen, int value) {
      result = chosen;
      got = value;
      return this;
    }

    @Override
    public String toString() {
      String end =
          switch (result) {
            case NOT_READY -> "not ready";
            case PANIC -> "panic";
            case INTERRUPTED -> stuck ? "stuck" : "interrupted";
            default -> mode == Mode.CLOSES ? "done" : "case " + result + " got " + got;
          };
      return "%4d..%-4s %s %-6s %-28s %s"
          .formatted(
              invoked,
              returned == NEVER ? "" : returned,
              parked == NEVER ? "            " : "parked %-5d".formatted(parked),
              mode,
              form + cases,
              end);
    }
  }

  private final int[] capacities;
  private final List<Op> ops;

  /** Whether waiting senders of a buffered channel must be served first come first served. */
  private final boolean sendersInOrder;

  private final Set<String> seen = new HashSet<>();

  History(int[] capacities, List<Op> ops, boolean sendersInOrder) {
    if (ops.size() > Long.SIZE) {
      throw new IllegalArgumentException("too long a history: " + ops.size());
    }
    this.capacities = capacities;
    this.ops = ops;
    this.sendersInOrder = sendersInOrder;
  }

  /** Whether some order of events explains the history. */
  boolean explain() {
    return search(new State(capacities.length));
  }

  @Override
  public String toString() {
    var text = new StringBuilder("capacities " + Arrays.toString(capacities) + "\n");
    ops.stream()
        .sorted((a, b) -> Integer.compare(a.invoked, b.invoked))
        .forEach(o -> text.append(o).append('\n'));
    return text.toString();
  }

  private static final class State {
    final List<Deque<Integer>> buffers = new ArrayList<>();

    /** In the order of their arrival. */
    final Set<Integer> waiting = new LinkedHashSet<>();

    /** Served senders that are not in the buffer yet. */
    final Set<Integer> admitted = new LinkedHashSet<>();

    /** Receivers that have their value, and keep its slot for a waiting sender. */
    final Set<Integer> holders = new LinkedHashSet<>();

    long done;
    int closed;

    State(int channels) {
      for (int i = 0; i < channels; i++) {
        buffers.add(new ArrayDeque<>());
      }
    }

    State(State s) {
      s.buffers.forEach(b -> buffers.add(new ArrayDeque<>(b)));
      waiting.addAll(s.waiting);
      admitted.addAll(s.admitted);
      holders.addAll(s.holders);
      done = s.done;
      closed = s.closed;
    }

    boolean hasArrived(int i) {
      return waiting.contains(i) || admitted.contains(i) || holders.contains(i);
    }

    boolean isClosed(int channel) {
      return (closed & 1 << channel) != 0;
    }

    void finish(int i) {
      done |= 1L << i;
      waiting.remove(i);
      admitted.remove(i);
      holders.remove(i);
    }

    @Override
    public String toString() {
      return done + " " + closed + waiting + admitted + holders + buffers;
    }
  }

  private boolean search(State s) {
    if (Long.bitCount(s.done) == ops.size()) {
      return true;
    }
    if (!seen.add(s.toString())) {
      return false;
    }
    int limit = NEVER;
    boolean quiet = true;
    for (int i = 0; i < ops.size(); i++) {
      Op o = ops.get(i);
      if ((s.done & 1L << i) == 0) {
        limit = Math.min(limit, s.hasArrived(i) ? o.returned : Math.min(o.returned, o.parked));
        quiet &= o.mode != Mode.QUIET;
      }
    }
    for (int i = 0; i < ops.size(); i++) {
      Op o = ops.get(i);
      if ((s.done & 1L << i) != 0) {
        continue;
      }
      if (s.admitted.contains(i) || s.holders.contains(i)) {
        if (s.admitted.contains(i) ? put(s, i) : admit(s, i, limit)) {
          return true;
        }
      } else if (s.waiting.contains(i)) {
        if ((mayLeave(o, quiet) || endedByClose(s, i)) && searchWithout(s, i)) {
          return true;
        }
      } else if (o.invoked < limit) {
        if (o.mode == Mode.QUIET) {
          if (isStuck(s) && searchWithout(s, i)) {
            return true;
          }
        } else if ((o.result == INTERRUPTED && o.parked == NEVER && searchWithout(s, i))
            || arrive(s, i, limit)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean searchWithout(State s, int i) {
    State next = new State(s);
    next.finish(i);
    return search(next);
  }

  private static boolean mayLeave(Op o, boolean quietIsOver) {
    return o.result == INTERRUPTED
        ? !o.stuck || quietIsOver
        : o.mode == Mode.TIMED && o.result == NOT_READY;
  }

  /** Whether all that got stuck had reason to. */
  private boolean isStuck(State s) {
    for (int i = 0; i < ops.size(); i++) {
      Op o = ops.get(i);
      if (o.stuck
          && (!s.waiting.contains(i)
              || o.cases.stream().anyMatch(c -> hasRoom(s, c) || s.isClosed(c.channel)))) {
        return false;
      }
    }
    return true;
  }

  private boolean arrive(State s, int i, int limit) {
    Op o = ops.get(i);
    if (o.mode == Mode.CLOSES) {
      return close(s, i);
    }
    boolean anyReady = false;
    boolean mayPanic = false;
    for (Case c : o.cases) {
      anyReady |= isReady(s, c);
      mayPanic |= c.sends && s.isClosed(c.channel);
    }
    if (o.result == PANIC && mayPanic) {
      return searchWithout(s, i);
    }
    if (o.result >= 0) {
      Case c = o.chosen();
      if (c.sends ? send(s, i, c, limit) : receive(s, i, c, limit)) {
        return true;
      }
    }
    if (o.mode == Mode.TRIES) {
      return !anyReady
          && o.result == NOT_READY
          && o.cases.stream().noneMatch(c -> c.sends && used(s, c.channel) < capacities[c.channel])
          && searchWithout(s, i);
    }
    if (anyReady && !o.cases.stream().allMatch(c -> mayWait(s, i, c, limit))) {
      return false;
    }
    State next = new State(s);
    next.waiting.add(i);
    return search(next);
  }

  private boolean isReady(State s, Case c) {
    return s.isClosed(c.channel)
        || hasRoom(s, c)
        || !partners(s, c.channel, !c.sends).isEmpty()
        || (!c.sends && count(s.admitted, c.channel) > 0);
  }

  /** Whether there is a slot or a value for this case. */
  private boolean hasRoom(State s, Case c) {
    int channel = c.channel;
    return c.sends
        ? used(s, channel) + count(s.holders, channel) < capacities[channel]
        : !s.buffers.get(channel).isEmpty();
  }

  private int used(State s, int channel) {
    return s.buffers.get(channel).size() + count(s.admitted, channel);
  }

  private int count(Set<Integer> some, int channel) {
    int n = 0;
    for (int j : some) {
      n += ops.get(j).chosen().channel == channel ? 1 : 0;
    }
    return n;
  }

  /** Whether a case is not ready if those that are under way hold the last slots. */
  private boolean mayWait(State s, int i, Case c, int limit) {
    if (!isReady(s, c)) {
      return true;
    }
    if (!c.sends || s.isClosed(c.channel) || !partners(s, c.channel, false).isEmpty()) {
      return false;
    }
    int taken = used(s, c.channel) + count(s.holders, c.channel);
    for (int j = 0; j < ops.size(); j++) {
      boolean underWay =
          (s.done & 1L << j) == 0 && !s.hasArrived(j) && ops.get(j).invoked < limit && j != i;
      taken += underWay && endedBy(j, c.channel, true) ? 1 : 0;
    }
    return taken >= capacities[c.channel];
  }

  /** Which waiting operations may be served now on one side of a channel. */
  private List<Integer> partners(State s, int channel, boolean senders) {
    boolean inOrder = !senders || capacities[channel] == 0 || sendersInOrder;
    boolean plainSeen = false;
    List<Integer> found = new ArrayList<>();
    if (s.isClosed(channel)) {
      return found;
    }
    for (int j : s.waiting) {
      Op o = ops.get(j);
      if (o.waitsOn(channel, senders) && (!inOrder || !o.isPlain() || !plainSeen)) {
        found.add(j);
        plainSeen |= o.isPlain();
      }
    }
    return found;
  }

  /** Which selects may be on their way to waiting. */
  private void addHesitant(List<Integer> found, State s, int i, int channel, int limit) {
    for (int j = 0; j < ops.size(); j++) {
      Op o = ops.get(j);
      if (j != i
          && (s.done & 1L << j) == 0
          && o.invoked < limit
          && o.cases.size() > 1
          && (o.mode == Mode.WAITS || o.mode == Mode.TIMED)
          && !s.hasArrived(j)
          && o.result >= 0
          && o.chosen().channel == channel) {
        found.add(j);
      }
    }
  }

  /** Whether an operation ended by this case. */
  private boolean endedBy(int j, int channel, boolean sends) {
    Op o = ops.get(j);
    return o.mode != Mode.CLOSES
        && o.result >= 0
        && o.chosen().channel == channel
        && o.chosen().sends == sends;
  }

  private boolean send(State s, int i, Case c, int limit) {
    if (s.isClosed(c.channel)) {
      return false; // would have panicked
    }
    List<Integer> receivers = partners(s, c.channel, false);
    boolean toBuffer = receivers.isEmpty() && hasRoom(s, c);
    if (s.buffers.get(c.channel).isEmpty()) {
      addHesitant(receivers, s, i, c.channel, limit);
    }
    for (int j : receivers) {
      if (endedBy(j, c.channel, false) && ops.get(j).got == c.value) {
        State next = new State(s);
        next.finish(i);
        next.finish(j);
        if (search(next)) {
          return true;
        }
      }
    }
    if (!toBuffer) {
      return false;
    }
    State next = new State(s);
    next.buffers.get(c.channel).add(c.value);
    next.finish(i);
    return search(next);
  }

  private boolean receive(State s, int i, Case c, int limit) {
    Deque<Integer> buffer = s.buffers.get(c.channel);
    List<Integer> senders = partners(s, c.channel, true);
    boolean alone = senders.isEmpty();
    int got = ops.get(i).got;
    if (!s.isClosed(c.channel) && buffer.size() == capacities[c.channel]) {
      addHesitant(senders, s, i, c.channel, limit);
    }
    if (!alone && !buffer.isEmpty()) {
      if (buffer.element() != got) {
        return false;
      }
      State next = new State(s);
      int unused = next.buffers.get(c.channel).remove();
      next.holders.add(i);
      return search(next);
    }
    for (int j : senders) { // past an empty buffer
      if (endedBy(j, c.channel, true) && ops.get(j).chosen().value == got) {
        State next = new State(s);
        next.finish(i);
        next.finish(j);
        if (search(next)) {
          return true;
        }
      }
    }
    if (!alone || (buffer.isEmpty() && !s.isClosed(c.channel))) {
      return false;
    }
    if (got != (buffer.isEmpty() ? CLOSED : buffer.element())
        || (buffer.isEmpty() && count(s.admitted, c.channel) > 0)) {
      return false;
    }
    State next = new State(s);
    if (!buffer.isEmpty()) {
      int unused = next.buffers.get(c.channel).remove();
    }
    next.finish(i);
    return search(next);
  }

  /** The second half of a receive: serves a waiting sender, or gives up the slot. */
  private boolean admit(State s, int i, int limit) {
    int channel = ops.get(i).chosen().channel;
    List<Integer> senders = partners(s, channel, true);
    if (senders.isEmpty() && searchWithout(s, i)) {
      return true;
    }
    addHesitant(senders, s, i, channel, limit);
    for (int j : senders) {
      if (endedBy(j, channel, true)) {
        State next = new State(s);
        next.finish(i);
        if (sendersInOrder) {
          next.finish(j);
          next.buffers.get(channel).add(ops.get(j).chosen().value);
        } else {
          next.waiting.remove(j);
          next.admitted.add(j);
        }
        if (search(next)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean put(State s, int i) {
    Case c = ops.get(i).chosen();
    State next = new State(s);
    next.buffers.get(c.channel).add(c.value);
    next.finish(i);
    return search(next);
  }

  private boolean close(State s, int i) {
    int channel = ops.get(i).cases.get(0).channel;
    if (s.isClosed(channel)) {
      return ops.get(i).result == PANIC && searchWithout(s, i);
    }
    if (ops.get(i).result != 0) {
      return false;
    }
    State next = new State(s);
    next.closed |= 1 << channel;
    next.finish(i);
    return search(next);
  }

  /** Whether a waiting operation may end because one of its channels was closed. */
  private boolean endedByClose(State s, int j) {
    Op o = ops.get(j);
    return o.cases.stream()
        .anyMatch(
            c ->
                s.isClosed(c.channel)
                    && (c.sends
                        ? o.result == PANIC
                        : o.got == CLOSED && endedBy(j, c.channel, false)));
  }
}
