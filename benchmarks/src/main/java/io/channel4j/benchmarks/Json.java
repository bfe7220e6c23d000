package io.channel4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes maps, lists, strings and numbers as JSON; maps keep the order they were given in. */
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
}
