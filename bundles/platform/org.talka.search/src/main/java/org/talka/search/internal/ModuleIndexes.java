/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The indexes of modules, one folder each. Two versions of a module that follow each other share
 * one: the files can be open for writing only once. The monitor guards {@code open}.
 */
@Component(
    service = ModuleIndexes.class,
    configurationPid = "org.talka",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ModuleIndexes {
  private final Path folder;
  private final Map<String, Lent> open = new HashMap<>();

  private static final class Lent {
    final LuceneSearchIndex index;
    int times;

    Lent(LuceneSearchIndex index) {
      this.index = index;
    }
  }

  @Activate
  public ModuleIndexes(LuceneSearchIndex.Config config) {
    this(Path.of(config.data(), "search-modules"));
  }

  ModuleIndexes(Path folder) {
    this.folder = folder;
  }

  /** Opens the module's index, or lends the one that is open. */
  synchronized LuceneSearchIndex lend(String module) {
    Lent lent =
        open.computeIfAbsent(
            module, id -> new Lent(new LuceneSearchIndex(folder.resolve(folderName(id)))));
    lent.times++;
    return lent.index;
  }

  /** The last one who gives it back closes it. */
  synchronized void giveBack(String module) {
    Lent lent = open.get(module);
    if (lent != null && --lent.times == 0) {
      open.remove(module);
      lent.index.close();
    }
  }

  private static String folderName(String module) {
    if (!module.matches("[a-z0-9][a-z0-9-]{0,79}")) {
      throw new IllegalArgumentException("No module's id: " + module);
    }
    return module;
  }

  @Deactivate
  synchronized void close() {
    open.values().forEach(lent -> lent.index.close());
    open.clear();
  }
}
