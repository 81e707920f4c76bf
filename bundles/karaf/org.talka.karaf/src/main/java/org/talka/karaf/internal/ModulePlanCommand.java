/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;
import org.talka.module.Modules;

/** Says what an action would do. */
@Service
@Command(
    scope = "talka",
    name = "module-plan",
    description = "Say what an action on a module would do, without doing it")
public class ModulePlanCommand extends ConsoleAction {
  @Argument(index = 0, name = "action", required = true, description = "What to do")
  @Completion(ActionCompleter.class)
  private String action;

  @Argument(
      index = 1,
      name = "module",
      required = true,
      description = "A module's id, or the path of an archive")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Reference private Modules modules;

  @Override
  void run() {
    ModuleAdministration administration = new ModuleAdministration(modules);
    administration.show(administration.plan(action(), module, Optional.empty()));
  }

  private ModuleAction action() {
    String wanted = action.toUpperCase(Locale.ROOT);
    return Arrays.stream(ModuleAction.values())
        .filter(known -> known.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandRefusal(
                    "“"
                        + action
                        + "” is no action; possible are "
                        + String.join(", ", ActionCompleter.all())
                        + "."));
  }
}
