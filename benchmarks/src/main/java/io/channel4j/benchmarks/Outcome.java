package io.channel4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a run has measured, and where. */
final class Outcome {
  private final Map<String, Object> circumstances;
  private final List<Table> tables = new ArrayList<>();
  private @Nullable Footprint footprint;

  /**
   * @param circumstances machine, versions, commit, plan
   */
  Outcome(Map<String, Object> circumstances) {
    this.circumstances = circumstances;
  }

  void add(Table table) {
    tables.add(table);
  }

  void set(Footprint measured) {
    footprint = measured;
  }

  List<Table> tables() {
    return tables.stream().map(Table::withoutIdlePeers).toList();
  }

  Optional<Footprint> footprint() {
    return Optional.ofNullable(footprint);
  }

  /** One fact a line. */
  List<String> circumstances() {
    return circumstances.entrySet().stream()
        .map(fact -> fact.getKey() + ": " + words(fact.getValue()))
        .toList();
  }

  private static String words(Object value) {
    if (value instanceof List<?> list) {
      return String.join(", ", list.stream().map(Object::toString).toList());
    }
    return value instanceof Double number && number == Math.rint(number)
        ? Long.toString(number.longValue())
        : value.toString();
  }

  Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>(circumstances);
    json.put("tables", tables.stream().map(Table::toJson).toList());
    if (footprint != null) {
      json.put("footprint", footprint.toJson());
    }
    return json;
  }

  /** Only that part. */
  Outcome part(Part part) {
    var one = new Outcome(circumstances);
    tables.stream().filter(table -> table.id().equals(part.id())).forEach(one::add);
    if (part == Part.FOOTPRINT && footprint != null) {
      one.set(footprint);
    }
    return one;
  }

  boolean isEmpty() {
    return tables.isEmpty() && footprint == null;
  }

  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, Json.write(toJson()));
  }

  /** What {@link #write} wrote. */
  static Outcome read(Path file) throws IOException {
    var json = Json.object(Json.read(Files.readString(file)));
    var circumstances = new LinkedHashMap<>(json);
    circumstances.keySet().removeAll(List.of("tables", "footprint"));
    var outcome = new Outcome(circumstances);
    Json.objects(json, "tables").forEach(table -> outcome.add(Table.fromJson(table)));
    if (json.containsKey("footprint")) {
      outcome.set(Footprint.fromJson(Json.object(Json.get(json, "footprint"))));
    }
    return outcome;
  }
}
