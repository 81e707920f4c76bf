/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.ModuleLocks;

/** Prints this installation's lock file, compares another, or applies it. */
@Service
@Command(
    scope = "talka",
    name = "module-lock",
    description =
        "Print which modules this installation has, compare that with a lock file, or apply one")
public class ModuleLockCommand extends ConsoleAction {
  @Argument(
      index = 0,
      name = "file",
      description = "The path of a lock file; without it this installation's is printed")
  private String file;

  @Option(name = "--apply", description = "Make this installation what the file says")
  private boolean apply;

  @Option(
      name = "--disable-extra",
      description = "Also disable the modules that the file does not name")
  private boolean disableExtra;

  @Reference private ModuleLocks locks;

  @Override
  void run() {
    if (file == null) {
      System.out.print(new String(locks.export(), StandardCharsets.UTF_8));
      return;
    }
    byte[] lock = content();
    ModuleLocks.Comparison comparison = locks.compare(lock, disableExtra, LOCALE);
    comparison.differences().forEach(difference -> System.out.println(difference.text()));
    if (comparison.differences().isEmpty()) {
      System.out.println("This installation is as the file says");
    } else if (apply) {
      follow(locks.apply(lock, disableExtra, LOCALE));
    } else {
      show(comparison);
    }
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(Path.of(file));
    } catch (IOException unreadable) {
      throw new CommandRefusal("The file " + file + " can't be read.");
    }
  }

  private static void show(ModuleLocks.Comparison comparison) {
    ShellTable table = new ShellTable();
    table.column("Step");
    table.column("Module");
    table.column("Version");
    table.column("Blocked by");
    table.emptyTableText("Nothing would be done");
    comparison
        .steps()
        .forEach(
            step ->
                table
                    .addRow()
                    .addContent(
                        step.action(), step.module(), step.version(), step.blocker().orElse("")));
    table.print(System.out);
  }

  private void follow(ModuleLocks.Progress begun) {
    ModuleLocks.Progress now = begun;
    while (now.running()) {
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new CommandRefusal("Interrupted; the steps go on.");
      }
      now = locks.progress(LOCALE).orElse(now);
    }
    for (ModuleLocks.Step step : now.steps()) {
      System.out.println("  " + step.state() + "  " + step.action() + " " + step.module());
      step.error()
          .ifPresent(
              error -> {
                throw new CommandRefusal(error);
              });
    }
  }
}
