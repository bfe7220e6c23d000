package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The crawler and the mirrored query, on pages of this machine. */
class WebExamplesTest {

  @Test
  void theCrawlerVisitsEachPageOnceAndEnds() throws Exception {
    try (var pages = new Pages()) {
      pages.add("/a", "<a href=\"/b\">b</a> <a class='x' href=\"c#part\">c</a> <a href=\"/a\">");
      pages.add("/b", "<a href=\"/c\">c</a> <A HREF=\"/d\">d</A> <a href=\"mailto:x@y\">");
      pages.add("/c", "<a href=\"/b\">b</a>");
      pages.add("/d", "<a href=\"/deep\">too deep</a> <a href=\"h ttp:\">");
      pages.add("/deep", "");
      var lines = ExampleProcess.run(E38Crawl.class, "2", pages.url("/a"));
      assertEquals(
          List.of(
              pages.url("/a"),
              pages.url("/b"),
              pages.url("/c"),
              pages.url("/d"),
              pages.url("/d") + ": no link: h ttp:",
              "pages: 4"),
          lines.stream().sorted().toList());
      for (String page : List.of("/a", "/b", "/c", "/d")) {
        assertEquals(1, pages.asked(page), page);
      }
      assertEquals(0, pages.asked("/deep"));
    }
  }

  @Test
  void theCrawlerReportsPagesThatAreNotThere() throws Exception {
    try (var pages = new Pages()) {
      pages.add("/a", "<a href=\"/none\">");
      var lines = ExampleProcess.run(E38Crawl.class, "1", pages.url("/a"));
      assertEquals(
          List.of(pages.url("/a"), pages.url("/none") + ": status 404", "pages: 2"), lines);
    }
  }

  @Test
  void enterCancelsTheRequestsOfTheCrawler() throws Exception {
    try (var pages = new Pages()) {
      pages.add("/a", "<a href=\"/hangs1\"><a href=\"/hangs2\">");
      pages.addHanging("/hangs1");
      pages.addHanging("/hangs2");
      try (var crawl = ExampleProcess.start(E38Crawl.class, "1", pages.url("/a"))) {
        assertEquals(pages.url("/a"), crawl.nextLine());
        while (pages.asked("/hangs1") + pages.asked("/hangs2") < 2) {
          Thread.sleep(5);
        }
        crawl.pressEnter();
        var lines = crawl.rest();
        assertEquals("cancelled, pages: 3", lines.getLast());
        assertEquals(
            List.of(
                pages.url("/hangs1") + ": context canceled",
                pages.url("/hangs2") + ": context canceled"),
            lines.subList(0, 2).stream().sorted().toList());
      }
    }
  }

  @Test
  void theFirstMirrorWinsAndTheOthersAreCancelled() throws Exception {
    try (var pages = new Pages()) {
      pages.addHanging("/asia");
      pages.add("/europe", "hello");
      pages.addHanging("/americas");
      var lines =
          ExampleProcess.run(
              E39MirroredQuery.class,
              pages.url("/asia"),
              pages.url("/broken"),
              pages.url("/europe"),
              pages.url("/americas"));
      assertTrue(lines.contains(pages.url("/europe") + ": 5 characters"), lines::toString);
      assertTrue(lines.contains(pages.url("/asia") + ": context canceled"), lines::toString);
      assertTrue(lines.contains(pages.url("/americas") + ": context canceled"), lines::toString);
      assertEquals("all requests have ended", lines.getLast());
    }
  }

  @Test
  void noMirrorAnswers() throws Exception {
    try (var pages = new Pages()) {
      assertEquals(
          List.of(
              pages.url("/broken") + ": status 404",
              "no mirror has answered",
              "all requests have ended"),
          ExampleProcess.run(E39MirroredQuery.class, pages.url("/broken")));
    }
  }
}
