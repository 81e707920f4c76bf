/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.KeptRecords;

/** Lists and sets legal holds. */
@Service
@Command(
    scope = "talka",
    name = "module-hold",
    description = "List legal holds, or put one on a module's records")
public class ModuleHoldCommand extends ConsoleAction {
  @Argument(index = 0, name = "module", description = "The module's id; without it all are listed")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Argument(index = 1, name = "reason", description = "Why the records must stay (in quotes)")
  private String reason;

  @Reference private KeptRecords kept;

  @Override
  void run() {
    if (module == null) {
      list();
    } else {
      kept.hold(module, reason == null ? "" : reason);
      System.out.println("The records of " + module + " stay until the hold is released");
    }
  }

  private void list() {
    ShellTable table = new ShellTable();
    table.column("Module");
    table.column("By");
    table.column("Since");
    table.column("Reason");
    table.emptyTableText("There is no legal hold");
    kept.holds()
        .forEach(
            hold ->
                table
                    .addRow()
                    .addContent(hold.module(), hold.heldBy(), hold.heldAt(), hold.reason()));
    table.print(System.out);
  }
}
