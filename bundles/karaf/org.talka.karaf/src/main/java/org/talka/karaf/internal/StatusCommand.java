/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.gate.Gate;
import org.talka.module.Declarations;
import org.talka.module.Modules;

/** Says how the desk is: its modules, and what the gate saw of each extension. */
@Service
@Command(scope = "talka", name = "status", description = "Say how the desk and its modules are")
public class StatusCommand extends ConsoleAction {
  @Reference private Modules modules;
  @Reference private Gate gate;
  @Reference private Declarations declarations;

  @Override
  void run() {
    System.out.println("Modules: " + (modules.ready() ? "ready" : "starting"));
    System.out.println("Registry generation: " + declarations.generation());
    modules
        .list(LOCALE)
        .forEach(
            module ->
                System.out.println(
                    "  " + module.id() + " " + module.version() + " " + module.state()));
    ShellTable table = new ShellTable();
    table.column("Extension point");
    table.column("Module");
    table.column("Extension");
    table.column("Admitted");
    table.column("Calls").alignRight();
    table.column("Errors").alignRight();
    table.column("Overruns").alignRight();
    table.column("Running").alignRight();
    table.column("p95 µs").alignRight();
    table.emptyTableText("No extension is installed");
    gate.report()
        .forEach(
            seen ->
                table
                    .addRow()
                    .addContent(
                        seen.point(),
                        seen.module(),
                        seen.name().substring(seen.name().lastIndexOf('.') + 1),
                        seen.admitted() ? "yes" : "no",
                        seen.calls(),
                        seen.errors(),
                        seen.overruns(),
                        seen.inFlight(),
                        seen.p95Micros()));
    table.print(System.out);
  }
}
