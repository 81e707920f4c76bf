/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleGuard;

/** Lets a module in quarantine in again. */
@Service
@Command(
    scope = "talka",
    name = "module-retry",
    description = "Let a module in quarantine in again")
public class ModuleRetryCommand extends ConsoleAction {
  @Argument(name = "module", required = true, description = "The module's id")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Reference private ModuleGuard guard;

  @Override
  void run() {
    guard.retry(module);
    System.out.println("Module " + module + " is being started");
  }
}
