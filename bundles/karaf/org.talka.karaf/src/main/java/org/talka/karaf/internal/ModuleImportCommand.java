/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.KeptRecords;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;

/** Brings back the records of a purged module. */
@Service
@Command(
    scope = "talka",
    name = "module-import",
    description = "Bring back the records of a purged module from its export")
public class ModuleImportCommand extends ConsoleAction {
  @Argument(
      index = 0,
      name = "export",
      required = true,
      description = "The name of an export (see talka:module-exports), or the path of a file")
  @Completion(ExportCompleter.class)
  private String export;

  @Reference private Modules modules;
  @Reference private KeptRecords kept;

  @Override
  void run() {
    ModuleAdministration administration = new ModuleAdministration(modules);
    ModulePlan plan = modules.planImport(digest(), LOCALE);
    administration.show(plan);
    administration.apply(plan, Optional.empty(), false);
  }

  private String digest() {
    return kept.exports().stream()
        .filter(known -> known.file().equals(export))
        .map(KeptRecords.Export::digest)
        .findFirst()
        .orElseGet(this::received);
  }

  private String received() {
    try (InputStream in = Files.newInputStream(Path.of(export))) {
      return kept.receive(in);
    } catch (IOException unreadable) {
      throw new CommandRefusal(
          "There is no export " + export + ", and no file of that name that can be read.");
    }
  }
}
