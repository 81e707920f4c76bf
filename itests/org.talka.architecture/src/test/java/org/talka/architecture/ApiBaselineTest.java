/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Constants;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Holds the exported packages of the API against what was last released, by the rules of OSGi
 * Semantic Versioning: what breaks its users needs a new major version, what breaks its
 * implementers or adds to it a new minor one. Modules of others import these packages by range.
 *
 * <p>At a release, {@code mvn -f itests/org.talka.architecture test -Dtalka.baseline.write=true}
 * makes what is there the new baseline.
 */
class ApiBaselineTest {
  private static final List<String> API =
      List.of("org.talka.api", "org.talka.api.persistence", "org.talka.api.rest");
  private static final Path FOLDER = Path.of(System.getProperty("talka.baseline"));
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setSerializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** An exported package: its version and its public face. */
  record Exported(String version, Tree.Data face) {}

  @Test
  void noPackageChangesWithoutTheVersionThatSaysSo() throws Exception {
    List<String> broken = new ArrayList<>();
    int compared = 0;
    for (String bundle : API) {
      Map<String, Exported> now = exported(bundle);
      assertFalse(now.isEmpty(), bundle + " exports nothing");
      Path file = FOLDER.resolve(bundle + ".json");
      if (Boolean.getBoolean("talka.baseline.write")) {
        write(file, now);
      }
      for (Map.Entry<String, Exported> old : read(file).entrySet()) {
        compared++;
        compare(old.getKey(), old.getValue(), now.get(old.getKey())).ifBroken(broken);
      }
    }
    assertEquals(List.of(), broken);
    assertFalse(compared == 0, "nothing was compared");
  }

  /** What a change of a package asks for, and what it got. */
  private record Verdict(String complaint) {
    void ifBroken(List<String> broken) {
      if (complaint != null) {
        broken.add(complaint);
      }
    }
  }

  private static Verdict compare(String name, Exported old, Exported now) throws Exception {
    if (now == null) {
      return new Verdict(name + " is gone; its users need it until their next major version");
    }
    DiffPluginImpl differ = new DiffPluginImpl();
    Diff diff = differ.deserialize(now.face()).diff(differ.deserialize(old.face()));
    Version from = new Version(old.version());
    Version to = new Version(now.version());
    boolean enough =
        switch (diff.getDelta()) {
          case UNCHANGED, IGNORED -> true;
          case MICRO -> to.compareTo(from) >= 0;
          case ADDED, MINOR ->
              to.getMajor() > from.getMajor()
                  || to.getMajor() == from.getMajor() && to.getMinor() > from.getMinor();
          case CHANGED, REMOVED, MAJOR -> to.getMajor() > from.getMajor();
        };
    return enough
        ? new Verdict(null)
        : new Verdict(
            name
                + " "
                + to
                + " changed ("
                + diff.getDelta()
                + ") since "
                + from
                + ":"
                + what(diff));
  }

  private static String what(Diff diff) {
    StringBuilder text = new StringBuilder();
    for (Diff child : diff.getChildren()) {
      if (child.getDelta() != Delta.UNCHANGED && child.getDelta() != Delta.IGNORED) {
        text.append(' ').append(child.getDelta()).append(' ').append(child.getName());
        text.append(child.getChildren().isEmpty() ? "" : " {" + what(child) + " }");
      }
    }
    return text.toString();
  }

  private static Map<String, Exported> exported(String bundle) throws Exception {
    try (Jar jar = new Jar(jar(bundle))) {
      Map<String, String> versions = new TreeMap<>();
      ManifestRules.clauses(jar.getManifest().getMainAttributes(), Constants.EXPORT_PACKAGE)
          .forEach(
              (name, rest) ->
                  versions.put(name, rest.replaceAll(".*version=\"?([0-9.]+).*", "$1")));
      Map<String, Exported> exported = new TreeMap<>();
      Tree api = new DiffPluginImpl().tree(jar).get("<api>");
      for (Tree child : api.getChildren()) {
        if (child.getType() == Type.PACKAGE) {
          exported.put(
              child.getName(), new Exported(versions.get(child.getName()), child.serialize()));
        }
      }
      return exported;
    }
  }

  /** A line for each package, so that a change shows where it belongs. */
  private static void write(Path file, Map<String, Exported> exported) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, Exported> one : exported.entrySet()) {
      lines.add("\"" + one.getKey() + "\":" + JSON.writeValueAsString(one.getValue()));
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\n" + String.join(",\n", lines) + "\n}\n");
  }

  private static Map<String, Exported> read(Path file) throws IOException {
    return JSON.readValue(
        file.toFile(),
        JSON.getTypeFactory().constructMapType(TreeMap.class, String.class, Exported.class));
  }

  private static File jar(String bundle) {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (new File(entry).getName().matches(bundle.replace(".", "\\.") + "-[0-9].*\\.jar")) {
        return new File(entry);
      }
    }
    throw new IllegalStateException(bundle + " is not on the class path");
  }
}
