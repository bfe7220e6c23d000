package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Ops;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.internal.ChannelBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An interrupt, a deadline, a close and a peer all claim one blocked operation: it ends in exactly
 * one way, and no value is lost or doubled.
 */
class RaceAttackTest {
  private static final int ROUNDS = Integer.getInteger("channel4j.attack.races", 200);
  private static final Duration TINY = Duration.ofNanos(30_000);

  private enum End {
    DONE,
    CLOSED,
    INTERRUPTED,
    TIMED_OUT
  }

  /** One race; all its fields are written before a barrier and read after it. */
  private static final class Race {
    final Channel<Object> channel;
    final Object value = new Object();
    final List<Object> prefilled = new ArrayList<>();
    final boolean closes = ThreadLocalRandom.current().nextInt(3) > 0;
    final boolean timed = ThreadLocalRandom.current().nextInt(3) == 0;
    final boolean afterParking = ThreadLocalRandom.current().nextBoolean();
    volatile @Nullable End end;
    volatile @Nullable Object got;
    volatile boolean peerDone;
    volatile @Nullable Object peerGot;

    Race(int capacity, boolean full) {
      channel = Channel.make(capacity);
      for (int i = 0; full && i < capacity; i++) {
        Object o = new Object();
        prefilled.add(o);
        assertTrue(channel.trySend(o));
      }
    }

    /** In half of the races: until somebody waits, or the race is over. */
    void letPark() {
      var c = (ChannelBase<Object>) channel;
      for (int i = 0; afterParking && i < 50 && end == null; i++) {
        if (c.waitingReceivers() + c.waitingSenders() > 0) {
          return;
        }
        LockSupport.parkNanos(1_000);
      }
    }

    void checkQuiet() {
      var c = (ChannelBase<Object>) channel;
      assertEquals(0, c.waitingReceivers());
      assertEquals(0, c.waitingSenders());
    }

    List<Object> drain() {
      List<Object> rest = new ArrayList<>();
      TryReceived<Object> r = channel.tryReceive();
      for (; r.ok(); r = channel.tryReceive()) {
        rest.add(r.value());
      }
      assertEquals(closes, r.isReady());
      return rest;
    }
  }

  private interface Victim {
    End act(Race race) throws InterruptedException;
  }

  @MatrixTest
  void receiver(int capacity, ThreadKind kind, Operators operators) {
    run(
        capacity,
        kind,
        false,
        race -> {
          Ops<Object> ops = operators.on(race.channel);
          if (race.timed) {
            TryReceived<Object> r = ops.tryReceive(TINY);
            race.got = r.value();
            return r.ok() ? End.DONE : r.isReady() ? End.CLOSED : End.TIMED_OUT;
          }
          Received<Object> r = ops.receiveOk();
          race.got = r.value();
          return r.ok() ? End.DONE : End.CLOSED;
        },
        race -> {
          try {
            race.peerDone = operators.on(race.channel).trySend(race.value);
          } catch (ChannelPanic.SendOnClosed e) {
            assertTrue(race.closes);
          }
        },
        race -> {
          List<Object> all = race.drain();
          if (race.end == End.DONE) {
            all.add(race.got);
          }
          assertEquals(race.peerDone ? List.of(race.value) : List.of(), all, "lost or doubled");
        });
  }

  @MatrixTest
  void sender(int capacity, ThreadKind kind, Operators operators) {
    run(
        capacity,
        kind,
        true,
        race -> {
          Ops<Object> ops = operators.on(race.channel);
          try {
            if (race.timed) {
              return ops.trySend(race.value, TINY) ? End.DONE : End.TIMED_OUT;
            }
            ops.send(race.value);
            return End.DONE;
          } catch (ChannelPanic.SendOnClosed e) {
            return End.CLOSED;
          }
        },
        race -> {
          TryReceived<Object> r = operators.on(race.channel).tryReceive();
          race.peerDone = r.ok();
          race.peerGot = r.value();
        },
        race -> {
          List<Object> expected = new ArrayList<>(race.prefilled);
          if (race.end == End.DONE) {
            expected.add(race.value);
          }
          List<Object> all = new ArrayList<>();
          if (race.peerDone) {
            all.add(race.peerGot);
          }
          all.addAll(race.drain());
          assertEquals(expected, all, "lost, doubled or out of order");
        });
  }

  private interface Step {
    void run(Race race);
  }

  private static void run(
      int capacity, ThreadKind kind, boolean full, Victim victim, Step peer, Step check) {
    try (var g = new Goroutines(kind)) {
      var barrier = new Phaser(4); // unlike CyclicBarrier, it does not mind interrupts
      var current = new AtomicReference<Race>();
      Thread unlucky =
          g.go(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  Race race = new Race(capacity, full);
                  current.set(race);
                  barrier.arriveAndAwaitAdvance();
                  End end;
                  try {
                    end = victim.act(race);
                  } catch (InterruptedException e) {
                    end = End.INTERRUPTED;
                  }
                  race.end = end;
                  barrier.arriveAndAwaitAdvance();
                  boolean status = Thread.interrupted();
                  assertEquals(end != End.INTERRUPTED, status, "one interrupt, told once");
                  assertTrue(end != End.CLOSED || race.closes);
                  assertTrue(end != End.TIMED_OUT || race.timed);
                  race.checkQuiet();
                  check.run(race);
                  barrier.arriveAndAwaitAdvance();
                }
              });
      List<Step> others =
          List.of(
              race -> unlucky.interrupt(),
              race -> {
                if (race.closes) {
                  race.channel.close();
                }
              },
              peer);
      for (Step other : others) {
        Thread unused =
            g.go(
                () -> {
                  for (int i = 0; i < ROUNDS; i++) {
                    barrier.arriveAndAwaitAdvance();
                    Race race = current.get();
                    race.letPark();
                    for (int n = ThreadLocalRandom.current().nextInt(200); n > 0; n--) {
                      Thread.onSpinWait();
                    }
                    other.run(race);
                    barrier.arriveAndAwaitAdvance();
                    barrier.arriveAndAwaitAdvance();
                  }
                });
      }
      g.await();
    }
  }

  /** Every send that returned was received, every other one panicked or was interrupted. */
  @MatrixTest
  void sendersAgainstClose(int capacity, ThreadKind kind, Operators operators) {
    for (int round = 0; round < 5; round++) {
      Channel<Integer> c = Channel.make(capacity);
      var sentAll = new ConcurrentLinkedQueue<Integer>();
      var receivedAll = new ConcurrentLinkedQueue<Integer>();
      var total = new AtomicInteger();
      try (var g = new Goroutines(kind)) {
        for (int t = 0; t < 3; t++) {
          int me = t;
          Thread sender =
              g.go(
                  () -> {
                    Ops<Integer> ops = operators.on(c);
                    for (int i = me; ; i += 3) {
                      Integer value = Integer.valueOf(i + 1000);
                      try {
                        ops.send(value);
                        sentAll.add(value);
                        total.incrementAndGet();
                      } catch (ChannelPanic.SendOnClosed e) {
                        return;
                      } catch (InterruptedException e) {
                        // not sent
                      }
                    }
                  });
          Thread unused =
              g.go(
                  () -> {
                    Ops<Integer> ops = operators.on(c);
                    for (Received<Integer> r = ops.receiveOk(); r.ok(); r = ops.receiveOk()) {
                      receivedAll.add(r.value());
                    }
                    assertFalse(ops.receiveOk().ok(), "a value after closed");
                    assertTrue(ops.tryReceive().isReady());
                  });
          Thread unused2 =
              g.go(
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      int goal = total.get() + 3;
                      while (total.get() < goal && sender.isAlive()) {
                        LockSupport.parkNanos(1_000);
                      }
                      sender.interrupt();
                    }
                  });
        }
        g.until("some values", () -> total.get() > 200);
        c.close();
        g.await();
        g.awaitBlocked(c, 0, 0);
      }
      assertEquals(sentAll.size(), receivedAll.size());
      assertEquals(new HashSet<>(sentAll), new HashSet<>(receivedAll));
    }
  }
}
