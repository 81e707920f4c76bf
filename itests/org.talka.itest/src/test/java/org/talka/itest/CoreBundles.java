/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The desk's own bundles as the framework shows them: their ids, states, times of change, and what
 * each is wired to. A module looks at them and writes down what it saw, whenever it is started.
 */
final class CoreBundles {
  private static final String ID = "onlooker";

  private final Api admin;
  private final Path seen;

  private CoreBundles(Api admin, Path seen) {
    this.admin = admin;
    this.seen = seen;
  }

  /** Installs the module that looks; {@link #leave} removes it. */
  static CoreBundles watch(Api admin, Path home) {
    Path seen = Distribution.work().resolve("onlooker-" + System.nanoTime());
    byte[] archive =
        new SampleModule(ID, "1.0.0")
            .activator(
                "StringBuilder said = new StringBuilder();"
                    + "for (org.osgi.framework.Bundle b : context.getBundles()) {"
                    + " if (b.getHeaders(\"\").get(\"Talka-Module\") != null) { continue; }"
                    + " var w = b.adapt(org.osgi.framework.wiring.BundleWiring.class);"
                    + " said.append(b).append(' ').append(b.getLastModified())"
                    + ".append(\" state \").append(b.getState());"
                    + " if (w != null) { said.append(\" wiring \")"
                    + ".append(System.identityHashCode(w)).append(' ').append(w.isCurrent());"
                    + " for (var wire : w.getRequiredWires(null)) { said.append(' ')"
                    + ".append(wire.getProvider().getBundle().getBundleId()); } }"
                    + " said.append('\\n'); }"
                    + "java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                    + seen
                    + "\"), said);",
                "")
            .imports("org.osgi.framework.wiring")
            .jar(home);
    admin.install(ID + ".jar", archive);
    return new CoreBundles(admin, seen);
  }

  /** What it sees now, a line for each bundle. */
  List<String> look() {
    admin.operate("disable", ID);
    admin.operate("enable", ID);
    try {
      return Files.readAllLines(seen);
    } catch (IOException nothing) {
      throw new UncheckedIOException(nothing);
    }
  }

  void leave() {
    admin.operate("uninstall", ID);
  }
}
