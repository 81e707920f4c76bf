/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;

/** Plans, shows, applies and follows: the same for every action. */
final class ModuleAdministration {
  private final Modules modules;

  ModuleAdministration(Modules modules) {
    this.modules = modules;
  }

  /**
   * @param module a module's id, or the path of an archive
   */
  ModulePlan plan(ModuleAction action, String module, Optional<String> version) {
    if (!module.endsWith(".jar") && !module.endsWith(".kar")) {
      return modules.plan(action, module, version, ConsoleAction.LOCALE);
    }
    Path file = Path.of(module);
    try (InputStream in = Files.newInputStream(file)) {
      return modules.planUpload(file.getFileName().toString(), in, ConsoleAction.LOCALE);
    } catch (IOException unreadable) {
      throw new CommandRefusal("The file " + module + " can't be read.");
    }
  }

  void show(ModulePlan plan) {
    System.out.println(plan.summary());
    plan.also()
        .forEach(
            other ->
                System.out.println(
                    "First: "
                        + other.action()
                        + " "
                        + other.module()
                        + other.to().map(version -> " " + version).orElse("")));
    ShellTable steps = new ShellTable();
    steps.column("Step");
    steps.column("About").alignRight();
    steps.column("Can be undone");
    plan.steps()
        .forEach(
            step ->
                steps
                    .addRow()
                    .addContent(step.title(), step.seconds() + " s", step.undo() ? "yes" : "no"));
    steps.print(System.out);
    plan.databaseChanges()
        .forEach(change -> System.out.println("Database: " + change.description()));
    plan.consent().forEach(want -> System.out.println("New, with --consent: " + want));
    plan.affects().forEach(other -> System.out.println("Pauses or waits with it: " + other));
    plan.blockers()
        .forEach(
            blocker ->
                System.out.println("Blocked: " + blocker.message() + " " + blocker.remedy()));
  }

  /** Applies the plan and prints each step as it ends. */
  void apply(ModulePlan plan, Optional<String> confirm, boolean consent) {
    String id = modules.apply(plan.id(), confirm, consent);
    int printed = 0;
    while (true) {
      ModuleOperation operation = modules.operation(id, ConsoleAction.LOCALE);
      printed = print(operation, printed);
      if (!operation.state().equals("running")) {
        System.out.println("Operation " + id + ": " + operation.state());
        operation
            .error()
            .ifPresent(
                error -> {
                  throw new CommandRefusal(error);
                });
        return;
      }
      pause();
    }
  }

  private static int print(ModuleOperation operation, int printed) {
    int next = printed;
    while (next < operation.steps().size()) {
      ModuleOperation.Step step = operation.steps().get(next);
      if (step.state().equals("pending") || step.state().equals("running")) {
        break;
      }
      System.out.println("  " + step.state() + "  " + step.title());
      next++;
    }
    return next;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CommandRefusal("Interrupted; the operation goes on.");
    }
  }
}
