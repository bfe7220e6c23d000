package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes maps, lists, strings, numbers and flags as JSON, and reads what it has written. Maps keep
 * their order; numbers come back as doubles.
 */
final class Json {
  private Json() {}

  static String write(Object value) {
    var text = new StringBuilder();
    append(text, value, "\n");
    return text.append('\n').toString();
  }

  private static void append(StringBuilder text, Object value, String newline) {
    switch (value) {
      case Map<?, ?> map -> {
        String separator = "{" + newline + "  ";
        for (var entry : map.entrySet()) {
          quote(text.append(separator), entry.getKey().toString());
          append(text.append(": "), entry.getValue(), newline + "  ");
          separator = "," + newline + "  ";
        }
        text.append(map.isEmpty() ? "{}" : newline + "}");
      }
      case List<?> list when list.stream().anyMatch(Map.class::isInstance) -> {
        String separator = "[" + newline + "  ";
        for (Object element : list) {
          append(text.append(separator), element, newline + "  ");
          separator = "," + newline + "  ";
        }
        text.append(newline).append(']');
      }
      case List<?> list -> {
        String separator = "";
        text.append('[');
        for (Object element : list) {
          append(text.append(separator), element, newline);
          separator = ", ";
        }
        text.append(']');
      }
      case Double number -> text.append(String.format(Locale.ROOT, "%.3f", number));
      case Number number -> text.append(number);
      case Boolean flag -> text.append(flag);
      default -> quote(text, value.toString());
    }
  }

  private static void quote(StringBuilder text, String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  // ---- reading

  static Object read(String text) {
    var reader = new Reader(text);
    Object value = reader.value();
    reader.expectEnd();
    return value;
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  static Object get(Map<String, Object> object, String key) {
    Object value = object.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no \"" + key + "\" among " + object.keySet());
    }
    return value;
  }

  static String string(Map<String, Object> object, String key) {
    return get(object, key).toString();
  }

  static List<String> strings(Map<String, Object> object, String key) {
    return list(object, key).stream().map(Object::toString).toList();
  }

  static List<Double> numbers(Map<String, Object> object, String key) {
    return list(object, key).stream().map(Double.class::cast).toList();
  }

  static List<Map<String, Object>> objects(Map<String, Object> object, String key) {
    return list(object, key).stream().map(Json::object).toList();
  }

  private static List<Object> list(Map<String, Object> object, String key) {
    return new ArrayList<>((List<?>) get(object, key));
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Object value() {
      return switch (peek()) {
        case '{' -> map();
        case '[' -> list();
        case '"' -> string();
        case 't' -> literal("true", true);
        case 'f' -> literal("false", false);
        default -> number();
      };
    }

    void expectEnd() {
      if (!text.substring(at).isBlank()) {
        throw wrong("end");
      }
    }

    private Map<String, Object> map() {
      var map = new LinkedHashMap<String, Object>();
      expect('{');
      while (peek() != '}') {
        String key = string();
        expect(':');
        map.put(key, value());
        skipComma('}');
      }
      expect('}');
      return map;
    }

    private List<Object> list() {
      var list = new ArrayList<Object>();
      expect('[');
      while (peek() != ']') {
        list.add(value());
        skipComma(']');
      }
      expect(']');
      return list;
    }

    private void skipComma(char end) {
      if (peek() != end) {
        expect(',');
      }
    }

    private String string() {
      var string = new StringBuilder();
      expect('"');
      for (; at < text.length() && text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          c = text.charAt(++at);
          if (c == 'u') {
            c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
            at += 4;
          }
        }
        string.append(c);
      }
      expect('"');
      return string.toString();
    }

    private Object literal(String word, boolean value) {
      if (!text.startsWith(word, at)) {
        throw wrong(word);
      }
      at += word.length();
      return value;
    }

    private Double number() {
      int from = at;
      while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (from == at) {
        throw wrong("a value");
      }
      return Double.valueOf(text.substring(from, at));
    }

    private char peek() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char c) {
      if (peek() != c) {
        throw wrong(String.valueOf(c));
      }
      at++;
    }

    private IllegalArgumentException wrong(String expected) {
      return new IllegalArgumentException("JSON, character " + at + ": expected " + expected);
    }
  }
}
