/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.intake.ManifestClause;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.ModuleBundle;

/** Prints what an archive says of itself. */
final class Inspection {
  private final Translator translator;
  private final Locale locale;
  private final PrintStream out;

  Inspection(Translator translator, Locale locale, PrintStream out) {
    this.translator = translator;
    this.locale = locale;
    this.out = out;
  }

  void print(ModuleArchive archive) {
    ModuleDescriptor module = archive.descriptor();
    line("module", List.of(archive.id() + " " + archive.version()));
    line("title", archive.titles().values().stream().distinct().toList());
    line("vendor", archive.vendor().isEmpty() ? List.of() : List.of(archive.vendor()));
    line("bundles", archive.bundles().stream().map(Inspection::named).toList());
    line("languages", archive.words().keySet());
    line("ticket types", module.ticketTypes().stream().map(type -> type.key()).toList());
    line("permissions", module.permissions().stream().map(p -> p.key()).toList());
    line("pages", module.ui().stream().map(ui -> ui.key()).distinct().toList());
    line("widgets", module.widgets().stream().map(widget -> widget.key()).toList());
    line("REST", archive.restBases().stream().map(base -> "/api/v1/" + base).toList());
    line("database", archive.changeSets().values());
    line("wants", module.wants().stream().map(this::want).toList());
    line("needs", archive.imports().stream().map(Inspection::needed).toList());
    line("offers", archive.exportedPackages());
    line("digest", List.of(archive.digest()));
  }

  private static String named(ModuleBundle bundle) {
    return bundle.symbolicName() + " " + bundle.version();
  }

  private String want(String want) {
    return translator.translate(Text.of("module.wants." + want), locale);
  }

  private static String needed(ManifestClause clause) {
    return clause.paths().stream().collect(Collectors.joining(", "))
        + (clause.attributes().containsKey("version")
            ? " " + clause.attributes().get("version")
            : "");
  }

  private void line(String name, Collection<String> values) {
    String label = name;
    for (String value : values) {
      out.printf("%-14s%s%n", label, value);
      label = "";
    }
  }
}
