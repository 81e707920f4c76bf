/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleGuard;

/** Takes a module out of service; its records stay readable. */
@Service
@Command(
    scope = "talka",
    name = "module-quarantine",
    description = "Take a module out of service until talka:module-retry")
public class ModuleQuarantineCommand extends ConsoleAction {
  @Argument(index = 0, name = "module", required = true, description = "The module's id")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Argument(
      index = 1,
      name = "reason",
      required = true,
      description = "Why, for those who meet it (in quotes)")
  private String reason;

  @Reference private ModuleGuard guard;

  @Override
  void run() {
    guard.quarantine(module, reason);
    System.out.println("Module " + module + " is being taken out");
  }
}
