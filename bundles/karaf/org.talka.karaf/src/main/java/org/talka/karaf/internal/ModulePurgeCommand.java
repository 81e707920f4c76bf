/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;

/** Exports the records of a removed module, then removes them. */
@Service
@Command(
    scope = "talka",
    name = "module-purge",
    description = "Export the records of an uninstalled module into a file, then remove them")
public class ModulePurgeCommand extends ConsoleAction {
  @Argument(index = 0, name = "module", required = true, description = "The module's id")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Argument(
      index = 1,
      name = "confirm",
      description = "The module's id or name once more; without it only the plan is shown")
  private String confirm;

  @Reference private Modules modules;

  @Override
  void run() {
    ModuleAdministration administration = new ModuleAdministration(modules);
    ModulePlan plan = administration.plan(ModuleAction.PURGE, module, Optional.empty());
    administration.show(plan);
    if (confirm == null) {
      System.out.println("Nothing was done. To do it: talka:module-purge " + module + " " + module);
    } else {
      administration.apply(plan, Optional.of(confirm), false);
    }
  }
}
