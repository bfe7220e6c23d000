package io.channel4j.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * The little of SVG that the charts need. Colours follow the reader's light or dark setting; both
 * sets are legible on a page that does not tell, since the background is drawn.
 */
final class Svg {
  static final List<String> SERIES = List.of("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7");

  private static final String STYLE =
      """
      <style>
      text { font: 12px system-ui, sans-serif; fill: #1f2328 }
      .small { font-size: 11px; fill: #59636e }
      .end { text-anchor: end } .middle { text-anchor: middle }
      .back { fill: #ffffff } .grid { stroke: #d1d9e0 } .one { stroke: #59636e; stroke-width: 1.5 }
      .span { stroke: #1f2328 } .line { fill: none; stroke-width: 2 }
      .s0 { fill: #0969da; stroke: #0969da } .s1 { fill: #bf3989; stroke: #bf3989 }
      .s2 { fill: #9a6700; stroke: #9a6700 } .s3 { fill: #8c959f; stroke: #8c959f }
      .s4 { fill: #1a7f37; stroke: #1a7f37 } .s5 { fill: #8250df; stroke: #8250df }
      .s6 { fill: #cf222e; stroke: #cf222e } .s7 { fill: #1b7c83; stroke: #1b7c83 }
      rect.bar { stroke: none } polyline.line { fill: none }
      @media (prefers-color-scheme: dark) {
        text { fill: #e6edf3 } .small { fill: #9198a1 }
        .back { fill: #0d1117 } .grid { stroke: #3d444d } .one { stroke: #9198a1 }
        .span { stroke: #e6edf3 }
        .s0 { fill: #58a6ff; stroke: #58a6ff } .s1 { fill: #f778ba; stroke: #f778ba }
        .s2 { fill: #d29922; stroke: #d29922 } .s3 { fill: #6e7681; stroke: #6e7681 }
        .s4 { fill: #3fb950; stroke: #3fb950 } .s5 { fill: #bc8cff; stroke: #bc8cff }
        .s6 { fill: #ff7b72; stroke: #ff7b72 } .s7 { fill: #39c5cf; stroke: #39c5cf }
      }
      </style>
      """;

  private final int width;
  private final int height;
  private final StringBuilder body = new StringBuilder();

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  void text(double x, double y, String style, String words) {
    body.append(
        format("<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>\n", x, y, style, escape(words)));
  }

  /** A bar with a title that a reader sees when pointing at it. */
  void bar(double x, double y, double w, double h, String style, String title) {
    body.append(
        format(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"bar %s\">"
                + "<title>%s</title></rect>\n",
            x, y, w, h, style, escape(title)));
  }

  void line(double x1, double y1, double x2, double y2, String style) {
    body.append(
        format(
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>\n",
            x1, y1, x2, y2, style));
  }

  void polyline(List<double[]> points, String style) {
    body.append("<polyline class=\"line ").append(style).append("\" points=\"");
    points.forEach(p -> body.append(format("%.1f,%.1f ", p[0], p[1])));
    body.append("\"/>\n");
  }

  String finish(String title) {
    return format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\">\n<title>%s</title>\n",
            width, height, width, height, escape(title))
        + STYLE
        + format("<rect width=\"%d\" height=\"%d\" class=\"bar back\"/>\n", width, height)
        + body
        + "</svg>\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
