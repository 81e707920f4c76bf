/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.KeptRecords;

/** Lists the exports of purged modules. */
@Service
@Command(
    scope = "talka",
    name = "module-exports",
    description = "List the exports of purged modules, the latest first")
public class ModuleExportsCommand extends ConsoleAction {
  @Reference private KeptRecords kept;

  @Override
  void run() {
    ShellTable table = new ShellTable();
    table.column("Export");
    table.column("Module");
    table.column("Version");
    table.column("Made");
    table.emptyTableText("No module was purged yet");
    kept.exports()
        .forEach(
            export ->
                table
                    .addRow()
                    .addContent(export.file(), export.module(), export.version(), export.made()));
    table.print(System.out);
  }
}
