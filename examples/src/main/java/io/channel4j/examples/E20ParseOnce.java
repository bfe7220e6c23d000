package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.sync.Once;
import io.channel4j.sync.OnceValue;
import io.channel4j.sync.WaitGroup;
import java.util.Locale;

/** A slow initialisation that happens once, and only if somebody needs it. */
public final class E20ParseOnce {
  private interface Parser {
    String parse(String text);
  }

  private static final Once ONCE = new Once();
  private static Parser parser; // written in ONCE, and read after it

  /** The same without a variable of one's own. Go: {@code sync.OnceValue}. */
  private static final OnceValue<Parser> PARSER = new OnceValue<>(E20ParseOnce::makeParser);

  private E20ParseOnce() {}

  /** Parses ten texts in ten goroutines, with one parser, in two ways. */
  public static void main(String[] args) throws InterruptedException {
    var wg = new WaitGroup();
    Channel<String> parsed = Channel.make(20);
    for (int i = 0; i < 10; i++) {
      String text = "text " + i;
      wg.go(() -> parsed.send(parse(text)));
      wg.go(() -> parsed.send(PARSER.get().parse(text)));
    }
    wg.await();
    System.out.println(parsed.len() + " texts, such as " + parsed.receive().substring(0, 4));
  }

  // snippet:parse
  private static String parse(String text) {
    ONCE.doIt(() -> parser = makeParser());
    return parser.parse(text);
  }

  // end:parse

  private static Parser makeParser() {
    System.out.println("making a parser");
    return text -> text.toUpperCase(Locale.ROOT);
  }
}
