/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.talka.module.internal.lock.LockFile.Locked;

/** What is otherwise here than a lock file says. Pure. */
final class LockDiff {
  enum Kind {
    MISSING,
    EXTRA,
    VERSION,
    CONTENT,
    STATE,
    CONFIGURATION
  }

  /**
   * @param wanted what the file says of the module
   * @param here what is here of it
   */
  record Difference(Kind kind, String module, Optional<Locked> wanted, Optional<Locked> here) {}

  private LockDiff() {}

  /** In the order of the modules' ids, for each the kinds in their own. */
  static List<Difference> of(LockFile wanted, LockFile here) {
    List<Difference> differences = new ArrayList<>();
    for (Locked module : wanted.modules()) {
      Optional<Locked> present = here.module(module.id());
      if (present.isEmpty()) {
        add(differences, Kind.MISSING, Optional.of(module), present);
        continue;
      }
      if (!present.get().digest().equals(module.digest())) {
        boolean sameVersion = present.get().version().equals(module.version());
        add(differences, sameVersion ? Kind.CONTENT : Kind.VERSION, Optional.of(module), present);
      }
      if (present.get().active() != module.active()) {
        add(differences, Kind.STATE, Optional.of(module), present);
      }
      if (!present.get().configuration().equals(module.configuration())) {
        add(differences, Kind.CONFIGURATION, Optional.of(module), present);
      }
    }
    here.modules().stream()
        .filter(module -> wanted.module(module.id()).isEmpty())
        .forEach(module -> add(differences, Kind.EXTRA, Optional.empty(), Optional.of(module)));
    return differences;
  }

  private static void add(
      List<Difference> differences, Kind kind, Optional<Locked> wanted, Optional<Locked> here) {
    String module = wanted.or(() -> here).orElseThrow().id();
    differences.add(new Difference(kind, module, wanted, here));
  }
}
