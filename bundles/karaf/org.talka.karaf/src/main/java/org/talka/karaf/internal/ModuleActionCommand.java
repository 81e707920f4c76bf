/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.talka.module.ModuleAction;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;

/** Plans an action, shows the plan and applies it. */
abstract class ModuleActionCommand extends ConsoleAction {
  @Argument(
      index = 0,
      name = "module",
      required = true,
      description = "A module's id; for install and update also the path of an archive")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Option(name = "--consent", description = "Agree to what the module wants that is new")
  private boolean consent;

  @Reference private Modules modules;

  abstract ModuleAction action();

  @Override
  void run() {
    ModuleAdministration administration = new ModuleAdministration(modules);
    ModulePlan plan = administration.plan(action(), module, Optional.empty());
    administration.show(plan);
    administration.apply(plan, Optional.empty(), consent);
  }
}
