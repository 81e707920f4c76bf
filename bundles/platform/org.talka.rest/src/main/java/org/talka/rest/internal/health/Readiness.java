/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.whiteboard.Preprocessor;
import org.talka.module.ReadinessCheck;

/**
 * Whether the desk can serve its users. It is asked from the first moment on, so everything it asks
 * may be absent, and what must be there and is not counts as down.
 */
@Component(service = Readiness.class)
public final class Readiness {
  private static final Set<String> EXPECTED = Set.of("database", "rest", "modules");

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  private volatile List<ReadinessCheck> checks;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      target = "(osgi.http.whiteboard.preprocessor.init.name=talka)")
  private volatile Preprocessor door;

  /** Asks every check now. */
  Answer now() {
    List<Checked> checked = new ArrayList<>();
    Set<String> absent = new TreeSet<>(EXPECTED);
    for (ReadinessCheck check : checks) {
      checked.add(Checked.of(check));
      absent.remove(check.name());
    }
    absent.forEach(name -> checked.add(new Checked(name, false, Map.of("state", "starting"))));
    return new Answer(door != null && checked.stream().allMatch(Checked::ready), checked);
  }

  record Answer(boolean ready, List<Checked> checks) {}

  record Checked(String name, boolean ready, Map<String, String> detail) {
    private static Checked of(ReadinessCheck check) {
      try {
        return new Checked(check.name(), check.ready(), check.detail());
      } catch (RuntimeException e) {
        return new Checked(check.name(), false, Map.of("trouble", "the check itself failed"));
      }
    }
  }
}
