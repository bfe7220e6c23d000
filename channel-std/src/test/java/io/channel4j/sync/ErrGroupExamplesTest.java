package io.channel4j.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.select.Select;
import io.channel4j.std.support.ThreadKind;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: the examples of golang.org/x/sync/errgroup, as tests. */
class ErrGroupExamplesTest {

  private interface Search {
    String find(Context ctx, String query) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void justErrors(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var fetched = new ConcurrentLinkedQueue<String>();
          try (var group = new ErrGroup()) {
            for (String url : List.of("golang.org", "google.com", "somestupidname.com")) {
              group.go(
                  () -> {
                    if (url.contains("stupid")) {
                      throw new IOException("no such host: " + url);
                    }
                    fetched.add(url);
                  });
            }
            var e = assertThrows(IOException.class, group::<IOException>await);
            assertEquals("no such host: somestupidname.com", e.getMessage());
          }
          assertEquals(2, fetched.size());
        });
  }

  @ParameterizedTest
  @EnumSource
  void parallel(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          List<Search> searches =
              List.of(
                  (ctx, q) -> "web result for " + q,
                  (ctx, q) -> "image result for " + q,
                  (ctx, q) -> "video result for " + q);
          String[] results = new String[searches.size()];
          try (var group = ErrGroup.withContext(Context.background())) {
            for (int i = 0; i < results.length; i++) {
              int k = i;
              group.go(() -> results[k] = searches.get(k).find(group.context(), "golang"));
            }
            group.await();
          }
          assertEquals(
              List.of(
                  "web result for golang", "image result for golang", "video result for golang"),
              List.of(results));
        });
  }

  private record Sum(Path path, String md5) {}

  /** Go: {@code MD5All}: one goroutine walks, 20 compute, and the caller collects. */
  private static Map<Path, String> md5All(Context parent, Path root) throws Exception {
    try (var group = ErrGroup.withContext(parent)) {
      Context ctx = group.context();
      Channel<Path> paths = Channel.make();
      group.go(
          () -> {
            try (var files = Files.walk(root)) {
              for (Path path : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                send(ctx, paths, path);
              }
            } finally {
              paths.close();
            }
          });
      Channel<Sum> sums = Channel.make();
      var digesters = new WaitGroup();
      digesters.add(20);
      for (int i = 0; i < 20; i++) {
        group.go(
            () -> {
              try {
                for (Path path : paths) {
                  send(ctx, sums, new Sum(path, md5(path)));
                }
              } finally {
                digesters.done();
              }
            });
      }
      group.go(
          () -> {
            digesters.await();
            sums.close();
          });
      var all = new TreeMap<Path, String>();
      sums.range(sum -> all.put(sum.path, sum.md5));
      group.await();
      return all;
    }
  }

  private static <T> void send(Context ctx, Channel<T> out, T value) throws InterruptedException {
    Select.<Boolean>of()
        .send(out, value, () -> true)
        .receive(
            ctx.done(),
            () -> {
              throw Context.CANCELED;
            })
        .await();
  }

  private static String md5(Path path) throws Exception {
    if (path.endsWith("unreadable")) {
      throw new IOException("unreadable");
    }
    byte[] digest = MessageDigest.getInstance("MD5").digest(Files.readAllBytes(path));
    return "%032x".formatted(new BigInteger(1, digest));
  }

  @ParameterizedTest
  @EnumSource
  void pipeline(ThreadKind kind, @TempDir Path root) throws Exception {
    var expected = new TreeMap<Path, String>();
    for (int i = 0; i < 50; i++) {
      Path file = Files.createDirectories(root.resolve("d" + i % 7)).resolve("f" + i);
      Files.writeString(file, "content " + i);
      expected.put(file, md5(file));
    }
    kind.run(() -> assertEquals(expected, md5All(Context.background(), root)));
  }

  @ParameterizedTest
  @EnumSource
  void aStageThatFailsEndsThePipeline(ThreadKind kind, @TempDir Path root) throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.writeString(root.resolve("f" + i), "content " + i);
    }
    Files.writeString(root.resolve("unreadable"), "");
    kind.run(
        () -> {
          var e = assertThrows(IOException.class, () -> md5All(Context.background(), root));
          assertEquals("unreadable", e.getMessage());
        });
  }
}
