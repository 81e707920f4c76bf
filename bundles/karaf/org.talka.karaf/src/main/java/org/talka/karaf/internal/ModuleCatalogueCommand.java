/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.Modules;

/** Lists the modules that came with the desk. */
@Service
@Command(
    scope = "talka",
    name = "module-catalogue",
    description = "List the modules that can be installed")
public class ModuleCatalogueCommand extends ConsoleAction {
  @Reference private Modules modules;

  @Override
  void run() {
    ShellTable table = new ShellTable();
    table.column("Module");
    table.column("Title");
    table.column("Version");
    table.column("Vendor");
    table.column("Description");
    modules
        .catalogue(LOCALE)
        .forEach(
            offer ->
                table
                    .addRow()
                    .addContent(
                        offer.id(),
                        offer.title(),
                        offer.version(),
                        offer.vendor(),
                        offer.description()));
    table.print(System.out);
  }
}
