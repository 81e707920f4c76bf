/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.Modules;

/** Lists the modules that are or were here. */
@Service
@Command(scope = "talka", name = "module-list", description = "List the modules")
public class ModuleListCommand extends ConsoleAction {
  @Reference private Modules modules;

  @Override
  void run() {
    ShellTable table = new ShellTable();
    table.column("Module");
    table.column("Title");
    table.column("Version");
    table.column("State");
    table.column("Health");
    table.column("Since");
    table.column("Reason");
    table.emptyTableText("No module is installed; talka:module-catalogue shows what there is");
    modules
        .list(LOCALE)
        .forEach(
            module ->
                table
                    .addRow()
                    .addContent(
                        module.id(),
                        module.title(),
                        module.version(),
                        module.state(),
                        module.health(),
                        module.since(),
                        module.reason().orElse("")));
    table.print(System.out);
  }
}
