/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.lock;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.talka.module.internal.lock.LockDiff.Difference;
import org.talka.module.internal.lock.LockFile.Locked;

/** What has to be done so that an installation is what a lock file says. Pure. */
final class LockSteps {
  enum Action {
    INSTALL,
    UPDATE,
    ROLLBACK,
    ENABLE,
    DISABLE,
    CONFIGURE
  }

  /**
   * @param module as the file has it; as it is here when the file does not name it
   */
  record Step(Action action, Locked module) {}

  private LockSteps() {}

  /**
   * Configurations come first, so that a module finds its own when it starts.
   *
   * @param canGoBack whether the version of a digest is the one that a module ran before
   * @param disableExtra whether what the file does not name is disabled
   */
  static List<Step> of(
      List<Difference> differences, BiPredicate<String, String> canGoBack, boolean disableExtra) {
    List<Step> configure = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    for (Difference difference : differences) {
      Locked module = difference.wanted().or(difference::here).orElseThrow();
      switch (difference.kind()) {
        case MISSING -> {
          if (!module.configuration().isEmpty()) {
            configure.add(new Step(Action.CONFIGURE, module));
          }
          steps.add(new Step(Action.INSTALL, module));
          if (!module.active()) {
            steps.add(new Step(Action.DISABLE, module));
          }
        }
        case VERSION, CONTENT -> {
          boolean back = canGoBack.test(module.id(), module.digest());
          steps.add(new Step(back ? Action.ROLLBACK : Action.UPDATE, module));
          // whatever is brought into service runs
          boolean told = differences.stream().anyMatch(d -> isState(d, module));
          if (!module.active() && !told) {
            steps.add(new Step(Action.DISABLE, module));
          }
        }
        case STATE -> {
          boolean brought =
              steps.stream()
                  .anyMatch(
                      step ->
                          step.module().id().equals(module.id())
                              && step.action() != Action.CONFIGURE);
          if (!module.active() || !brought) {
            steps.add(new Step(module.active() ? Action.ENABLE : Action.DISABLE, module));
          }
        }
        case CONFIGURATION -> configure.add(new Step(Action.CONFIGURE, module));
        case EXTRA -> {
          if (disableExtra && module.active()) {
            steps.add(new Step(Action.DISABLE, module));
          }
        }
      }
    }
    configure.addAll(steps);
    return configure;
  }

  private static boolean isState(Difference difference, Locked module) {
    return difference.kind() == LockDiff.Kind.STATE && difference.module().equals(module.id());
  }
}
