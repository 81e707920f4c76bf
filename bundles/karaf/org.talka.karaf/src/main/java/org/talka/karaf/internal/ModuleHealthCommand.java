/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.gate.ExtensionReport;
import org.talka.module.ModuleGuard;
import org.talka.module.ModuleStatus;
import org.talka.module.Modules;

/** Says what is wrong with modules, and what was seen of each of their extensions. */
@Service
@Command(
    scope = "talka",
    name = "module-health",
    description = "Say what is wrong with modules and what was seen of their extensions")
public class ModuleHealthCommand extends ConsoleAction {
  @Argument(name = "module", description = "Only this module")
  @Completion(ModuleIdCompleter.class)
  private String module;

  @Reference private Modules modules;
  @Reference private ModuleGuard guard;

  @Override
  void run() {
    if (guard.safeMode()) {
      System.out.println("Safe mode: modules of third parties are not started");
    }
    List<ModuleStatus> shown =
        module == null ? modules.list(LOCALE) : List.of(modules.module(module, LOCALE));
    guard.notices(LOCALE).stream()
        .filter(notice -> module == null || notice.module().equals(module))
        .forEach(notice -> System.out.println(notice.text()));
    ShellTable table = new ShellTable();
    table.column("Module");
    table.column("State");
    table.column("Extension point");
    table.column("Extension");
    table.column("Circuit");
    table.column("Opened").alignRight();
    table.column("Calls").alignRight();
    table.column("Errors").alignRight();
    table.column("Overruns").alignRight();
    table.column("Running").alignRight();
    table.column("Stuck").alignRight();
    table.column("p95 ms").alignRight();
    table.emptyTableText("No module runs");
    for (ModuleStatus status : shown) {
      for (ExtensionReport seen : guard.extensions(status.id())) {
        table
            .addRow()
            .addContent(
                status.id(),
                status.state(),
                seen.point(),
                seen.name().substring(seen.name().lastIndexOf('.') + 1),
                seen.circuit(),
                seen.openings(),
                seen.calls(),
                seen.errors(),
                seen.overruns(),
                seen.inFlight(),
                seen.stuck(),
                String.format(Locale.ROOT, "%.1f", seen.p95Micros() / 1_000.0));
      }
    }
    table.print(System.out);
  }
}
