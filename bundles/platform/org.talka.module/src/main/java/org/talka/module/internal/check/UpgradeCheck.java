/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.talka.api.text.Text;
import org.talka.module.internal.depend.Need;
import org.talka.module.internal.depend.Offers;
import org.talka.module.internal.depend.Requirements;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;

/**
 * Resolves modules against a desk that need not be this one. What needs a module that does not
 * resolve does not resolve either. Pure.
 */
final class UpgradeCheck {
  private UpgradeCheck() {}

  /**
   * @param modules those that would run, by id
   * @param desk what the bundles of the desk offer
   * @return for each module that would not run why not
   */
  static Map<String, List<Missing>> problems(Map<String, Wiring> modules, Offers desk) {
    Map<String, List<Missing>> broken = new TreeMap<>();
    boolean more = true;
    while (more) {
      more = false;
      for (Map.Entry<String, Wiring> module : modules.entrySet()) {
        if (!broken.containsKey(module.getKey())) {
          List<Missing> missing = missing(module.getValue(), modules, broken, desk);
          if (!missing.isEmpty()) {
            broken.put(module.getKey(), missing);
            more = true;
          }
        }
      }
    }
    return broken;
  }

  private static List<Missing> missing(
      Wiring module, Map<String, Wiring> modules, Map<String, List<Missing>> broken, Offers desk) {
    List<Offers> offers = new ArrayList<>(List.of(desk));
    modules.values().stream()
        .filter(other -> !broken.containsKey(other.module()))
        .map(Offers::of)
        .forEach(offers::add);
    List<Missing> missing = new ArrayList<>(Requirements.missing(module, Offers.of(offers)));
    for (Need need : Need.of(module)) {
      boolean met =
          Optional.ofNullable(modules.get(need.module()))
              .filter(other -> !broken.containsKey(other.module()))
              .filter(need::isMetBy)
              .isPresent();
      if (!met) {
        missing.add(
            new Missing(
                Text.of("module.blocker.module", "module", need.module()),
                Text.of("module.remedy.module", "module", need.module())));
      }
    }
    return missing;
  }
}
