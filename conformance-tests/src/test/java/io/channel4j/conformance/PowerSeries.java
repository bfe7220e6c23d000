package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.select.Select;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Arithmetic on power series whose terms flow on demand, after M. Douglas McIlroy, "Squinting at
 * Power Series". A series is a goroutine that answers each request with its next coefficient, and
 * with an end mark for ever when it has no more. Series refer to themselves through {@link #split}.
 *
 * @param <C> the coefficients
 */
final class PowerSeries<C> {

  /** The arithmetic of coefficients, and a mark that is none. */
  interface Field<C> {
    C fraction(long numerator, long denominator);

    C add(C a, C b);

    C multiply(C a, C b);

    /** One over a, which is not zero. */
    C invert(C a);

    C end();

    boolean isEnd(C a);
  }

  /** Go's demand channel: whoever wants a term says so first. */
  record Series<C>(Channel<Integer> request, Channel<C> term) {

    C next(int serial) throws InterruptedException {
      request.send(serial);
      return requireNonNull(term.receive());
    }

    void awaitRequest() throws InterruptedException {
      request.receive();
    }

    void answer(C c) throws InterruptedException {
      term.send(c);
    }

    void put(C c) throws InterruptedException {
      awaitRequest();
      answer(c);
    }
  }

  /** What a series does until its end mark. */
  private interface Producer<C> {
    void run(Series<C> out) throws InterruptedException;
  }

  private final Goroutines g;
  private final Field<C> f;
  private final int capacity;

  PowerSeries(Goroutines g, Field<C> field, int capacity) {
    this.g = g;
    this.f = field;
    this.capacity = capacity;
  }

  private Series<C> open() {
    return new Series<>(Channel.make(capacity, 0), Channel.make(capacity));
  }

  private Series<C> series(Producer<C> producer) {
    Series<C> out = open();
    g.go(
        () -> {
          producer.run(out);
          for (; ; ) {
            out.put(f.end());
          }
        });
    return out;
  }

  private C number(long n) {
    return f.fraction(n, 1);
  }

  private C get(Series<C> u) throws InterruptedException {
    return u.next(1);
  }

  private void copy(Series<C> u, Series<C> out) throws InterruptedException {
    for (; ; ) {
      out.awaitRequest();
      out.answer(get(u));
    }
  }

  List<C> take(Series<C> u, int n) throws InterruptedException {
    List<C> terms = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      C c = get(u);
      if (f.isEnd(c)) {
        break;
      }
      terms.add(c);
    }
    return terms;
  }

  /** The next terms of two series, in whatever order they take the requests and answer. */
  private List<C> both(Series<C> u, Series<C> v) throws InterruptedException {
    List<C> terms = new ArrayList<>(List.of(f.end(), f.end()));
    List<Series<C>> from = List.of(u, v);
    var asking = new ArrayList<>(List.of(true, true));
    var waiting = new ArrayList<>(List.of(false, false));
    for (int step = 0; step < 4; step++) {
      Select<Runnable> select = Select.of();
      for (int k = 0; k < 2; k++) {
        int i = k;
        select
            .send(
                asking.get(i) ? from.get(i).request() : null,
                step,
                () ->
                    () -> {
                      asking.set(i, false);
                      waiting.set(i, true);
                    })
            .receive(
                waiting.get(i) ? from.get(i).term() : null,
                c ->
                    () -> {
                      waiting.set(i, false);
                      terms.set(i, requireNonNull(c));
                    });
      }
      select.<RuntimeException>await().run();
    }
    return terms;
  }

  /**
   * Two series with the terms of one, to be read at different speeds. What one reader has had and
   * the other has not is kept here. While a term is under way, the reader that is behind is still
   * served: that term may depend on it.
   */
  private void split(Series<C> in, Series<C> left, Series<C> right) {
    g.go(
        () -> {
          var readers = List.of(new Reader<>(left), new Reader<>(right));
          var select = Select.loop();
          var leftAsks = select.receive(left.request());
          var rightAsks = select.receive(right.request());
          var ask = select.send(in.request(), 0);
          var term = select.receive(in.term());
          ask.disable();
          term.disable();
          for (int serial = 0; ; ) {
            var chosen = select.await();
            if (chosen == leftAsks || chosen == rightAsks) {
              Reader<C> reader = readers.get(chosen.index());
              C kept = reader.behind.poll();
              if (kept != null) {
                reader.series.answer(kept);
              } else {
                reader.waits = true;
                chosen.disable();
                if (!term.isEnabled()) {
                  ask.value(++serial).enable();
                }
              }
            } else if (chosen == ask) {
              ask.disable();
              term.enable();
            } else {
              term.disable();
              for (Reader<C> reader : readers) {
                reader.behind.add(requireNonNull(term.value()));
                if (reader.waits) {
                  reader.waits = false;
                  reader.series.answer(requireNonNull(reader.behind.poll()));
                }
              }
              leftAsks.enable();
              rightAsks.enable();
            }
          }
        });
  }

  private static final class Reader<C> {
    final Series<C> series;
    final Queue<C> behind = new ArrayDeque<>();
    boolean waits;

    Reader(Series<C> series) {
      this.series = series;
    }
  }

  // ---- series

  /** c + cx + cxx + …, that is c / (1 - x). */
  Series<C> repeat(C c) {
    return series(
        out -> {
          for (; ; ) {
            out.put(c);
          }
        });
  }

  @SafeVarargs
  final Series<C> polynomial(C... coefficients) {
    return series(
        out -> {
          for (C c : coefficients) {
            out.put(c);
          }
        });
  }

  /** (1 + x) to the power c. */
  Series<C> binomial(C c) {
    return series(
        out -> {
          C term = number(1);
          C factor = c;
          for (int n = 1; !factor.equals(number(0)); n++) {
            out.put(term);
            term = f.multiply(f.multiply(term, factor), f.fraction(1, n));
            factor = f.add(factor, number(-1));
          }
          out.put(term);
        });
  }

  Series<C> add(Series<C> u, Series<C> v) {
    return series(
        out -> {
          for (; ; ) {
            out.awaitRequest();
            List<C> terms = both(u, v);
            C a = terms.get(0);
            C b = terms.get(1);
            out.answer(f.isEnd(a) ? b : f.isEnd(b) ? a : f.add(a, b));
          }
        });
  }

  Series<C> scale(C c, Series<C> u) {
    return series(
        out -> {
          for (; ; ) {
            out.awaitRequest();
            C a = get(u);
            out.answer(f.isEnd(a) ? a : f.multiply(c, a));
          }
        });
  }

  Series<C> subtract(Series<C> u, Series<C> v) {
    return add(u, scale(number(-1), v));
  }

  /** c + x U. */
  Series<C> shift(C c, Series<C> u) {
    return series(
        out -> {
          out.put(c);
          copy(u, out);
        });
  }

  /** With U = a + x U' and V = b + x V': UV = ab + x (aV' + bU') + xx U'V'. */
  Series<C> multiply(Series<C> u, Series<C> v) {
    return series(
        out -> {
          out.awaitRequest();
          List<C> terms = both(u, v);
          C a = terms.get(0);
          C b = terms.get(1);
          if (f.isEnd(a) || f.isEnd(b)) {
            out.answer(f.end());
            return;
          }
          out.answer(f.multiply(a, b));
          Series<C> u1 = open();
          Series<C> u2 = open();
          Series<C> v1 = open();
          Series<C> v2 = open();
          split(u, u1, u2);
          split(v, v1, v2);
          Series<C> sum = add(scale(a, v1), scale(b, u1));
          out.awaitRequest();
          out.answer(get(sum));
          copy(add(sum, multiply(u2, v2)), out);
        });
  }

  Series<C> derivative(Series<C> u) {
    return series(
        out -> {
          out.awaitRequest();
          get(u);
          for (int i = 1; ; i++) {
            C c = get(u);
            out.answer(f.isEnd(c) ? c : f.multiply(number(i), c));
            out.awaitRequest();
          }
        });
  }

  Series<C> integral(C constant, Series<C> u) {
    return series(
        out -> {
          out.put(constant);
          for (int i = 1; ; i++) {
            out.awaitRequest();
            C c = get(u);
            out.answer(f.isEnd(c) ? c : f.multiply(f.fraction(1, i), c));
          }
        });
  }

  /** With U = a + x U': 1/U = Z = z + x Z', where z = 1/a and Z' = -z U' (z + x Z'). */
  Series<C> reciprocal(Series<C> u) {
    return series(
        out -> {
          out.awaitRequest();
          C z = f.invert(get(u));
          out.answer(z);
          Series<C> z1 = open();
          Series<C> z2 = open();
          split(multiply(scale(f.multiply(number(-1), z), u), shift(z, z1)), z1, z2);
          copy(z2, out);
        });
  }

  /** Z = exp(U) has Z' = Z U' and starts with 1 if U starts with 0; U's first term is ignored. */
  Series<C> exponential(Series<C> u) {
    Series<C> z1 = open();
    Series<C> z2 = open();
    split(integral(number(1), multiply(z1, derivative(u))), z1, z2);
    return z2;
  }

  /** U(V) where V starts with 0: with U = a + x U' and V = x V' it is a + x V' U'(V). */
  Series<C> substitute(Series<C> u, Series<C> v) {
    return series(
        out -> {
          Series<C> v1 = open();
          Series<C> v2 = open();
          split(v, v1, v2);
          out.awaitRequest();
          C a = get(u);
          out.answer(a);
          if (!f.isEnd(a)) {
            get(v1);
            copy(multiply(v1, substitute(u, v2)), out);
          }
        });
  }

  /** U(c x^n). */
  Series<C> substituteMonomial(Series<C> u, C c, int n) {
    return series(
        out -> {
          C power = number(1);
          for (; ; ) {
            out.awaitRequest();
            C a = get(u);
            out.answer(f.isEnd(a) ? a : f.multiply(a, power));
            if (f.isEnd(a)) {
              return;
            }
            power = f.multiply(power, c);
            for (int i = 1; i < n; i++) {
              out.put(number(0));
            }
          }
        });
  }

  /** The R with U(R) = x, where U = x U': R = x / U'(R). */
  Series<C> revert(Series<C> u) {
    return series(
        out -> {
          out.put(number(0));
          out.awaitRequest();
          get(u);
          Series<C> r1 = open();
          Series<C> r2 = open();
          split(reciprocal(substitute(u, shift(number(0), r1))), r1, r2);
          out.answer(get(r2));
          copy(r2, out);
        });
  }
}
