package io.channel4j.conformance;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests run on the class path, so this one starts the library as modules. */
class ModulesTest {
  private static final ModuleLayer LAYER = layer();

  @Test
  void selectBringsCoreAndItsQueues() {
    var names = LAYER.modules().stream().map(Module::getName).collect(toSet());
    assertTrue(
        names.containsAll(Set.of("io.channel4j", "io.channel4j.select", "org.jctools.core.jdk11")),
        names::toString);
  }

  @Test
  void nullnessAnnotationsAreNotNeededToRun() {
    assertTrue(LAYER.findModule("org.jspecify").isEmpty());
  }

  @Test
  void internalsAreOpenToFriendsOnly() {
    Module core = LAYER.findModule("io.channel4j").orElseThrow();
    Module select = LAYER.findModule("io.channel4j.select").orElseThrow();
    assertAll(
        () -> assertTrue(core.isExported("io.channel4j")),
        () -> assertTrue(core.isExported("io.channel4j.internal", select)),
        () -> assertFalse(core.isExported("io.channel4j.internal")),
        () -> assertEquals(Set.of("io.channel4j.select"), select.getPackages()));
  }

  private static ModuleLayer layer() {
    Path[] path =
        Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator)))
            .filter(entry -> !entry.contains("jspecify"))
            .map(Path::of)
            .filter(entry -> !entry.endsWith("test-classes"))
            .toArray(Path[]::new);
    ModuleLayer boot = ModuleLayer.boot();
    var configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(path), ModuleFinder.of(), Set.of("io.channel4j.select"));
    return boot.defineModulesWithOneLoader(configuration, null);
  }
}
