package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.conformance.PowerSeries.Field;
import io.channel4j.conformance.PowerSeries.Series;
import io.channel4j.conformance.support.Goroutines;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's test/chan/powser1.go and powser2.go: programs of thousands of goroutines that do
 * arithmetic on infinite series, whose coefficients everybody knows. powser1's channels carry one
 * concrete type, powser2's an interface; here rationals, and residues modulo a prime behind an
 * interface, so that the same series are checked in two fields.
 */
class PowerSeriesTest {
  private static final int N = 10;

  // ---- two fields

  /** powser1: a fraction in lowest terms; a denominator of zero marks the end. */
  private record Rational(BigInteger numerator, BigInteger denominator) {
    static final Rational END = new Rational(BigInteger.ONE, BigInteger.ZERO);

    static Rational of(BigInteger n, BigInteger d) {
      BigInteger gcd = n.gcd(d).multiply(BigInteger.valueOf(d.signum()));
      return new Rational(n.divide(gcd), d.divide(gcd));
    }
  }

  private static final Field<Rational> RATIONALS =
      new Field<>() {
        @Override
        public Rational fraction(long n, long d) {
          return Rational.of(BigInteger.valueOf(n), BigInteger.valueOf(d));
        }

        @Override
        public Rational add(Rational a, Rational b) {
          return Rational.of(
              a.numerator.multiply(b.denominator).add(b.numerator.multiply(a.denominator)),
              a.denominator.multiply(b.denominator));
        }

        @Override
        public Rational multiply(Rational a, Rational b) {
          return Rational.of(
              a.numerator.multiply(b.numerator), a.denominator.multiply(b.denominator));
        }

        @Override
        public Rational invert(Rational a) {
          return Rational.of(a.denominator, a.numerator);
        }

        @Override
        public Rational end() {
          return Rational.END;
        }

        @Override
        public boolean isEnd(Rational a) {
          return a.denominator.signum() == 0;
        }

        @Override
        public String toString() {
          return "rationals";
        }
      };

  /** powser2: a channel of these sees no numbers. */
  private sealed interface Item permits Residue, End {}

  private record Residue(BigInteger value) implements Item {
    static final BigInteger PRIME = BigInteger.valueOf(998_244_353);

    static Residue of(BigInteger n) {
      return new Residue(n.mod(PRIME));
    }
  }

  private record End() implements Item {}

  private static final Field<Item> RESIDUES =
      new Field<>() {
        private BigInteger value(Item a) {
          return ((Residue) a).value();
        }

        @Override
        public Item fraction(long n, long d) {
          return multiply(
              Residue.of(BigInteger.valueOf(n)), invert(Residue.of(BigInteger.valueOf(d))));
        }

        @Override
        public Item add(Item a, Item b) {
          return Residue.of(value(a).add(value(b)));
        }

        @Override
        public Item multiply(Item a, Item b) {
          return Residue.of(value(a).multiply(value(b)));
        }

        @Override
        public Item invert(Item a) {
          return Residue.of(value(a).modInverse(Residue.PRIME));
        }

        @Override
        public Item end() {
          return new End();
        }

        @Override
        public boolean isEnd(Item a) {
          return a instanceof End;
        }

        @Override
        public String toString() {
          return "residues";
        }
      };

  // ---- the series to check

  /** A series, and its first coefficients; where there are fewer than N, it ends. */
  record Known<C>(
      Field<C> field, String name, String coefficients, Function<PowerSeries<C>, Series<C>> make) {

    void check(int capacity) throws Exception {
      try (var g = new Goroutines()) {
        var p = new PowerSeries<>(g, field, capacity);
        List<C> expected =
            Stream.of(coefficients.split(" "))
                .map(c -> (c + "/1").split("/"))
                .map(c -> field.fraction(Long.parseLong(c[0]), Long.parseLong(c[1])))
                .toList();
        assertEquals(expected, p.take(make.apply(p), N));
      }
    }

    @Override
    public String toString() {
      return name + " in " + field;
    }
  }

  private static final class Table<C> {
    final List<Known<C>> all = new ArrayList<>();
    private final Field<C> f;

    Table(Field<C> f) {
      this.f = f;
    }

    private C n(long number) {
      return f.fraction(number, 1);
    }

    private Series<C> ones(PowerSeries<C> p) {
      return p.repeat(n(1));
    }

    private Series<C> x(PowerSeries<C> p) {
      return p.polynomial(n(0), n(1));
    }

    private Series<C> arctangent(PowerSeries<C> p) {
      return p.integral(n(0), p.substituteMonomial(ones(p), n(-1), 2));
    }

    /** The arcsine's derivative is one over the root of 1 - xx. */
    private Series<C> sine(PowerSeries<C> p) {
      return p.revert(
          p.integral(n(0), p.substituteMonomial(p.binomial(f.fraction(-1, 2)), n(-1), 2)));
    }

    private void is(String name, String coefficients, Function<PowerSeries<C>, Series<C>> make) {
      all.add(new Known<>(f, name, coefficients, make));
    }

    void fill() {
      is("1/(1-x)", "1 1 1 1 1 1 1 1 1 1", this::ones);
      is("a polynomial", "1 2 3", p -> p.polynomial(n(1), n(2), n(3)));
      is("a sum", "3 3 3 3 3 3 3 3 3 3", p -> p.add(ones(p), p.repeat(n(2))));
      is(
          "a sum of two lengths",
          "2 3 1",
          p -> p.add(p.polynomial(n(1), n(2), n(1)), p.polynomial(n(1), n(1))));
      is("a difference", "-1 -1 -1 -1 -1 -1 -1 -1 -1 -1", p -> p.subtract(ones(p), p.repeat(n(2))));
      is("a multiple", "-2 -2 -2 -2 -2 -2 -2 -2 -2 -2", p -> p.scale(n(-1), p.repeat(n(2))));
      is("a derivative", "1 2 3 4 5 6 7 8 9 10", p -> p.derivative(ones(p)));
      is("-log(1-x)", "0 1 1/2 1/3 1/4 1/5 1/6 1/7 1/8 1/9", p -> p.integral(n(0), ones(p)));
      is("a square", "1 2 3 4 5 6 7 8 9 10", p -> p.multiply(ones(p), ones(p)));
      is(
          "a cube",
          "1 3 6 10 15 21 28 36 45 55",
          p -> p.multiply(ones(p), p.multiply(ones(p), ones(p))));
      is(
          "a product of polynomials",
          "1 0 -1",
          p -> p.multiply(p.polynomial(n(1), n(1)), p.polynomial(n(1), n(-1))));
      is(
          "exp(x)",
          "1 1 1/2 1/6 1/24 1/120 1/720 1/5040 1/40320 1/362880",
          p -> p.exponential(x(p)));
      is(
          "exp(x/(1-x))",
          "1 1 3/2 13/6 73/24 167/40 4051/720 37633/5040 43817/4480 4596553/362880",
          p -> p.exponential(ones(p)));
      is("exp(-log(1-x))", "1 1 1 1 1 1 1 1 1 1", p -> p.exponential(p.integral(n(0), ones(p))));
      is(
          "Bell numbers",
          "1 1 1 5/6 5/8 13/30 203/720 877/5040 23/224 1007/17280",
          p -> p.exponential(p.subtract(p.exponential(x(p)), p.polynomial(n(1)))));
      is("a binomial", "1 5 10 10 5 1", p -> p.binomial(n(5)));
      is(
          "a root, squared",
          "1 1 0 0 0 0 0 0 0 0",
          p -> p.multiply(p.binomial(f.fraction(1, 2)), p.binomial(f.fraction(1, 2))));
      is("a reciprocal", "1 -1 0 0 0 0 0 0 0 0", p -> p.reciprocal(ones(p)));
      is(
          "Fibonacci numbers",
          "1 1 2 3 5 8 13 21 34 55",
          p -> p.reciprocal(p.polynomial(n(1), n(-1), n(-1))));
      is(
          "a substitution",
          "1 1 2 4 8 16 32 64 128 256",
          p -> p.substitute(ones(p), p.shift(n(0), ones(p))));
      is(
          "a monomial's substitution",
          "1 0 -2 0 4 0 -8 0 16 0",
          p -> p.substituteMonomial(ones(p), n(-2), 2));
      is("the arctangent", "0 1 0 -1/3 0 1/5 0 -1/7 0 1/9", this::arctangent);
      is("the tangent", "0 1 0 1/3 0 2/15 0 17/315 0 62/2835", p -> p.revert(arctangent(p)));
      is("the sine", "0 1 0 -1/6 0 1/120 0 -1/5040 0 1/362880", this::sine);
      is(
          "Catalan numbers",
          "0 1 1 2 5 14 42 132 429 1430",
          p -> p.revert(p.polynomial(n(0), n(1), n(-1))));
      is(
          "sin² + cos²",
          "1 0 0 0 0 0 0 0 0 0",
          p ->
              p.add(
                  p.multiply(sine(p), sine(p)),
                  p.multiply(p.derivative(sine(p)), p.derivative(sine(p)))));
    }
  }

  private static <C> Stream<Known<C>> table(Field<C> f) {
    var table = new Table<>(f);
    table.fill();
    return table.all.stream();
  }

  static Stream<Arguments> series() {
    return Stream.of(0, 1)
        .flatMap(
            capacity ->
                Stream.concat(table(RATIONALS), table(RESIDUES))
                    .map(known -> Arguments.of(known, capacity)));
  }

  @ParameterizedTest(name = "{0}, channels of capacity {1}")
  @MethodSource("series")
  void coefficientsAreTheKnownOnes(Known<?> known, int capacity) throws Exception {
    known.check(capacity);
  }
}
