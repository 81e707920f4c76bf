/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.KeptRecords;

/** Releases a legal hold. */
@Service
@Command(
    scope = "talka",
    name = "module-hold-release",
    description = "Release the legal hold on a module's records, so that they may be purged")
public class ModuleHoldReleaseCommand extends ConsoleAction {
  @Argument(index = 0, name = "module", required = true, description = "The module's id")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Reference private KeptRecords kept;

  @Override
  void run() {
    kept.release(module);
    System.out.println("The records of " + module + " may be purged again");
  }
}
