package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String name) {
    var elements = new ArrayList<Element>();
    var nodes = document.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** The bar with that title. */
  private static Element bar(Document document, String title) {
    return elements(document, "rect").stream()
        .filter(rect -> rect.getTextContent().equals(title))
        .findFirst()
        .orElseThrow();
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  @Test
  void barsEndAtTheRatioOnALogarithmicScale() throws Exception {
    var document = parse(new Chart(Tables.sample()).bars());
    Element faster = bar(document, "a-1, channel4j: 0.38x");
    Element twice = bar(document, "b-10, channel4j: 2.00x");
    Element eightfold = bar(document, "b-10, kotlin: 8.00x");
    double one = number(twice, "x");
    assertEquals(one, number(faster, "x") + number(faster, "width"), 0.2);
    assertEquals(3 * number(twice, "width"), number(eightfold, "width"), 0.5);
  }

  @Test
  void whatIsMissingHasNoBarAndAFailureIsNamed() throws Exception {
    var document = parse(new Chart(Tables.sample()).bars());
    var words = elements(document, "text").stream().map(Element::getTextContent).toList();
    assertTrue(words.contains("jox failed"), words::toString);
    assertTrue(words.containsAll(List.of("a-1", "b-10", "c-100", "1x")), words::toString);
    assertEquals(
        0,
        elements(document, "rect").stream()
            .filter(rect -> rect.getTextContent().startsWith("c-100"))
            .count());
  }

  @Test
  void linesGoThroughEveryFigureThatIsThere() throws Exception {
    var document = parse(new Chart(Tables.sample()).lines());
    var points =
        elements(document, "polyline").stream()
            .map(line -> line.getAttribute("points").strip())
            .map(line -> line.isEmpty() ? 0 : line.split(" ").length)
            .toList();
    assertEquals(List.of(2, 3, 2, 1), points);
  }

  @Test
  void everyPictureKnowsLightAndDark() {
    for (String svg :
        List.of(new Chart(Tables.sample()).bars(), new Chart(Tables.sample()).lines())) {
      assertTrue(svg.contains("prefers-color-scheme: dark"));
      assertTrue(svg.contains("class=\"bar back\""));
    }
  }

  @Test
  void aTableWithoutFiguresStillMakesAPicture() throws Exception {
    var empty = Table.of("x", "x", List.of("go"), List.of("row-1"), List.of("go", "jox"));
    assertEquals("svg", parse(new Chart(empty).bars()).getDocumentElement().getTagName());
    assertEquals("svg", parse(new Chart(empty).lines()).getDocumentElement().getTagName());
  }

  @Test
  void theScaleIsMarkedAtRoundNumbers() {
    assertEquals(
        List.of(0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0), new Chart.Scale(0.1, 10, 0, 100).ticks());
    assertEquals(
        List.of(1.0, 10.0, 100.0, 1_000.0, 10_000.0), new Chart.Scale(1, 10_000, 0, 100).ticks());
    assertEquals(50, new Chart.Scale(0.1, 10, 0, 100).at(1), 1e-9);
  }
}
