/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.ModuleChecks;

/** Says which modules would break with another version of the desk, or with updates. */
@Service
@Command(
    scope = "talka",
    name = "module-check",
    description =
        "Check whether the installed modules would work with another version of Talka, or updated")
public class ModuleCheckCommand extends ConsoleAction {
  @Argument(
      index = 0,
      name = "distribution",
      description =
          "The path of another version's archive (.tar.gz); without it, this one is meant")
  private String distribution;

  @Option(
      name = "--update",
      multiValued = true,
      description = "A module that would be updated at the same time")
  @Completion(ModuleIdCompleter.class)
  private List<String> updates;

  @Reference private ModuleChecks checks;

  @Override
  void run() {
    ModuleChecks.Report report = report();
    ShellTable table = new ShellTable();
    table.column("Module");
    table.column("Version");
    table.column("With Talka " + report.desk());
    table.emptyTableText("No module is installed");
    for (ModuleChecks.Checked module : report.modules()) {
      if (module.problems().isEmpty()) {
        table.addRow().addContent(module.module(), module.version(), "works");
      }
      module
          .problems()
          .forEach(
              problem ->
                  table
                      .addRow()
                      .addContent(
                          module.module(),
                          module.version(),
                          problem.message() + " " + problem.remedy()));
    }
    table.print(System.out);
    if (!report.sound()) {
      throw new CommandRefusal("Not all modules would work.");
    }
  }

  private ModuleChecks.Report report() {
    List<String> wanted = updates == null ? List.of() : updates;
    try {
      if (distribution == null) {
        return checks.check(Optional.empty(), wanted, LOCALE);
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(distribution)))) {
        return checks.check(Optional.of(in), wanted, LOCALE);
      }
    } catch (IOException unreadable) {
      throw new CommandRefusal("The file " + distribution + " can't be read.");
    }
  }
}
