/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The floor plan, read from the manifests of the built bundles. */
class ArchitectureTest {
  private static final List<String> MODULES_MAY_IMPORT =
      List.of("org.talka.api.", "jakarta.persistence", "jakarta.ws.rs", "org.osgi.", "org.slf4j");

  /** Our bundles by symbolic name. */
  private static final Map<String, Attributes> OURS = new TreeMap<>();

  @BeforeAll
  static void readManifests() throws IOException {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        try (JarFile jar = new JarFile(entry)) {
          Manifest manifest = jar.getManifest();
          String name =
              manifest == null
                  ? null
                  : manifest.getMainAttributes().getValue("Bundle-SymbolicName");
          if (name != null
              && name.startsWith("org.talka.")
              && !name.startsWith("org.talka.wrapped")) {
            OURS.put(name.split(";")[0], manifest.getMainAttributes());
          }
        }
      }
    }
    assertFalse(OURS.isEmpty(), "no bundle of ours on the class path");
  }

  @Test
  void everyBundleOfTheTreeIsLookedAt() throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    for (String floor : List.of("api", "platform", "core", "web", "karaf", "modules")) {
      try (Stream<Path> folders = Files.list(Path.of(System.getProperty("talka.bundles"), floor))) {
        folders
            .filter(folder -> Files.exists(folder.resolve("pom.xml")))
            .forEach(folder -> expected.add(folder.getFileName().toString()));
      }
    }
    assertEquals(expected, new TreeSet<>(OURS.keySet()));
  }

  @Test
  void everyExportedPackageHasAVersionAndNoneIsInternal() {
    List<String> broken = new ArrayList<>();
    OURS.forEach(
        (bundle, manifest) ->
            ManifestRules.clauses(manifest, "Export-Package")
                .forEach(
                    (name, rest) -> {
                      if (!rest.contains("version=") || name.contains("internal")) {
                        broken.add(bundle + " exports " + name);
                      }
                    }));
    assertEquals(List.of(), broken);
  }

  @Test
  void noBundleOfOursImportsOptionallyOrDynamically() {
    List<String> broken = new ArrayList<>();
    OURS.forEach(
        (bundle, manifest) -> {
          if (manifest.getValue("DynamicImport-Package") != null) {
            broken.add(bundle + " imports dynamically");
          }
          if (manifest.getValue("Require-Bundle") != null) {
            broken.add(bundle + " requires bundles");
          }
          ManifestRules.clauses(manifest, "Import-Package")
              .forEach(
                  (name, rest) -> {
                    if (rest.contains("resolution:=")) {
                      broken.add(bundle + " imports " + name + " optionally");
                    }
                  });
        });
    assertEquals(List.of(), broken);
  }

  @Test
  void modulesReachNothingBeyondTheApi() {
    List<String> broken = new ArrayList<>();
    OURS.forEach(
        (bundle, manifest) -> {
          if (manifest.getValue("Talka-Module") != null) {
            for (String name : ManifestRules.clauses(manifest, "Import-Package").keySet()) {
              if (!name.startsWith(bundle)
                  && MODULES_MAY_IMPORT.stream().noneMatch(name::startsWith)) {
                broken.add(bundle + " imports " + name);
              }
            }
          }
        });
    assertEquals(List.of(), broken);
  }

  @Test
  void nobodyImportsAModule() {
    List<String> modules =
        OURS.entrySet().stream()
            .filter(entry -> entry.getValue().getValue("Talka-Module") != null)
            .map(Map.Entry::getKey)
            .toList();
    assertFalse(modules.isEmpty(), "there is no module");
    List<String> broken = new ArrayList<>();
    OURS.forEach(
        (bundle, manifest) -> {
          for (String name : ManifestRules.clauses(manifest, "Import-Package").keySet()) {
            if (modules.stream().anyMatch(m -> name.startsWith(m) && !bundle.equals(m))) {
              broken.add(bundle + " imports " + name);
            }
          }
        });
    assertEquals(List.of(), broken);
  }

  @Test
  void noFloorReachesUp() {
    Map<String, Integer> floors = new TreeMap<>();
    OURS.keySet().forEach(bundle -> floors.put(bundle, floor(bundle)));
    Map<String, String> exporters = new TreeMap<>();
    OURS.forEach(
        (bundle, manifest) ->
            ManifestRules.clauses(manifest, "Export-Package")
                .keySet()
                .forEach(name -> exporters.put(name, bundle)));
    List<String> broken = new ArrayList<>();
    OURS.forEach(
        (bundle, manifest) -> {
          for (String name : ManifestRules.clauses(manifest, "Import-Package").keySet()) {
            String exporter = exporters.get(name);
            if (exporter != null && floors.get(exporter) > floors.get(bundle)) {
              broken.add(bundle + " imports " + name + " of " + exporter + ", a floor up");
            }
          }
        });
    assertEquals(List.of(), broken);
  }

  @Test
  void onlyOneBundleKnowsKaraf() {
    List<String> broken = new ArrayList<>();
    OURS.forEach(
        (bundle, manifest) -> {
          for (String name : ManifestRules.clauses(manifest, "Import-Package").keySet()) {
            if (name.startsWith("org.apache.karaf") && !bundle.equals("org.talka.karaf")) {
              broken.add(bundle + " imports " + name);
            }
          }
        });
    assertEquals(List.of(), broken);
  }

  private static int floor(String bundle) {
    if (bundle.startsWith("org.talka.api")) {
      return 0;
    }
    return switch (bundle) {
      case "org.talka.ticket", "org.talka.desk" -> 2;
      case "org.talka.web" -> 3;
      case "org.talka.karaf" -> 4;
      default -> OURS.get(bundle).getValue("Talka-Module") == null ? 1 : 5;
    };
  }
}
