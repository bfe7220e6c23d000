package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written comes back. */
class JsonTest {

  @Test
  void mapsListsStringsNumbersAndFlagsComeBack() {
    var inner = new LinkedHashMap<String, Object>();
    inner.put("figures", List.of(1.5, -2.0, 1_000_000.125));
    inner.put("none", List.of());
    inner.put("nothing", Map.of());
    var document = new LinkedHashMap<String, Object>();
    document.put("flag", true);
    document.put("other flag", false);
    document.put("words", "quote \" backslash \\ line\nend and é");
    document.put("rows", List.of(inner, Map.of("a", "b")));

    assertEquals(document, Json.read(Json.write(document)));
  }

  @Test
  void keysKeepTheirOrder() {
    var map = new LinkedHashMap<String, Object>();
    for (String key : List.of("z", "a", "m")) {
      map.put(key, key);
    }
    assertEquals(
        List.of("z", "a", "m"), List.copyOf(Json.object(Json.read(Json.write(map))).keySet()));
  }

  @Test
  void integersComeBackAsDoubles() {
    assertEquals(List.of(1.0, 2.0), Json.numbers(Json.object(Json.read("{\"n\":[1, 2]}")), "n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[1", "{\"a\" 1}", "[1 2]", "tru", "{} x", "\"open"})
  void whatIsNoJsonIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Json.read(text));
  }

  @Test
  void aMissingKeyIsNamed() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Json.string(Map.of("there", "x"), "missing"));
    assertEquals("no \"missing\" among [there]", e.getMessage());
  }
}
