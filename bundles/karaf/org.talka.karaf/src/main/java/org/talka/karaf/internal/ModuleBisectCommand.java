/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.concurrent.TimeUnit;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.talka.module.ModuleBisect;

/** Finds the module that makes the desk unwell. */
@Service
@Command(
    scope = "talka",
    name = "module-bisect",
    description =
        "Find the module that makes the desk unwell, by holding half of them back in turn")
public class ModuleBisectCommand extends ConsoleAction {
  @Option(name = "--all", description = "At the start: also modules that came with Talka")
  private boolean all;

  @Argument(
      index = 0,
      name = "action",
      description = "start, better (the desk is well now), same (it is not), stop, or status")
  @Completion(
      value = StringsCompleter.class,
      values = {"start", "better", "same", "stop", "status"})
  private String action = "status";

  @Reference private ModuleBisect bisect;

  @Override
  void run() {
    switch (action) {
      case "start" -> bisect.start(all);
      case "better" -> bisect.answer(true);
      case "same" -> bisect.answer(false);
      case "stop" -> bisect.stop();
      case "status" -> {
        // that is said in any case
      }
      default ->
          throw new CommandRefusal(
              "“" + action + "” is no action; possible are start, better, same, stop, status.");
    }
    say(settled());
  }

  private ModuleBisect.Status settled() {
    ModuleBisect.Status status = bisect.status();
    while (status.phase().equals("moving")) {
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new CommandRefusal("Interrupted; it goes on.");
      }
      status = bisect.status();
    }
    return status;
  }

  private static void say(ModuleBisect.Status status) {
    switch (status.phase()) {
      case "asking" -> {
        System.out.println("Held back: " + String.join(", ", status.held()));
        System.out.println(
            "Is the desk well now? talka:module-bisect better, or talka:module-bisect same ("
                + status.left()
                + " answers at most)");
      }
      case "found" ->
          System.out.println(
              "It is "
                  + status.found().orElse("")
                  + ", which is held back. talka:module-bisect stop lets it in again;"
                  + " talka:module-disable or talka:module-rollback keep it away.");
      case "innocent" ->
          System.out.println(
              "It is none of the modules. talka:module-bisect stop ends the search.");
      default -> System.out.println("No search is under way; everybody is let in.");
    }
  }
}
