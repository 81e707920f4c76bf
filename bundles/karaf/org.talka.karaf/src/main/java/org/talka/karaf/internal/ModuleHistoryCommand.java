/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.Modules;

/** Lists what was done with modules. */
@Service
@Command(
    scope = "talka",
    name = "module-history",
    description = "List what was done with modules, the latest first")
public class ModuleHistoryCommand extends ConsoleAction {
  @Option(name = "-n", description = "How many")
  private int limit = 20;

  @Reference private Modules modules;

  @Override
  void run() {
    ShellTable table = new ShellTable();
    table.column("Started");
    table.column("Module");
    table.column("Action");
    table.column("From");
    table.column("To");
    table.column("State");
    table.column("By");
    table.column("Error");
    modules
        .operations(Math.max(1, limit), Optional.empty(), LOCALE)
        .items()
        .forEach(
            operation ->
                table
                    .addRow()
                    .addContent(
                        operation.startedAt(),
                        operation.module(),
                        operation.action(),
                        operation.from().orElse(""),
                        operation.to().orElse(""),
                        operation.state(),
                        operation.actor(),
                        operation.error().orElse("")));
    table.print(System.out);
  }
}
