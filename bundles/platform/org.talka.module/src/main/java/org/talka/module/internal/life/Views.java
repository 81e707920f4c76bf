/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.CatalogueEntry;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.store.OperationRecord;

/** Puts what is stored into a reader's words. */
final class Views {
  private static final String NO_ICON = "module";

  private final Translator translator;

  Views(Translator translator) {
    this.translator = translator;
  }

  String text(Text text, Locale locale) {
    return translator.translate(text, locale);
  }

  static String in(Map<String, String> byLanguage, Locale locale) {
    String word = byLanguage.get(locale.getLanguage());
    return word != null ? word : byLanguage.getOrDefault("en", "");
  }

  CatalogueEntry catalogue(ModuleArchive archive, Locale locale) {
    String key = "module." + archive.id();
    return new CatalogueEntry(
        archive.id(),
        in(archive.titles(), locale),
        archive.word(key + ".description", locale, ""),
        archive.version(),
        archive.vendor(),
        archive.descriptor().ticketTypes().stream()
            .map(type -> type.icon())
            .filter(icon -> icon != null)
            .findFirst()
            .orElse(NO_ICON));
  }

  ModulePlan plan(String id, PlanBody body, Locale locale) {
    String title = in(body.titles(), locale);
    String action = lower(body.action());
    return new ModulePlan(
        id,
        action,
        body.module(),
        present(body.from()),
        present(body.to()),
        summary(body, title, action, locale),
        body.steps().stream().map(step -> step(step, body, locale)).toList(),
        new ModulePlan.Adds(
            labels(body.ticketTypes(), locale),
            labels(body.permissions(), locale),
            labels(body.navigation(), locale),
            body.resources()),
        body.affects(),
        body.blockers().stream()
            .map(
                blocker ->
                    new ModulePlan.Blocker(
                        text(blocker.message(), locale), text(blocker.remedy(), locale)))
            .toList());
  }

  private String summary(PlanBody body, String title, String action, Locale locale) {
    StringBuilder said = new StringBuilder();
    said.append(
        text(
            Text.of(
                "module.summary." + action, "title", title, "from", body.from(), "to", body.to()),
            locale));
    body.notes().forEach(note -> said.append(' ').append(text(note, locale)));
    return said.toString();
  }

  private ModulePlan.Step step(String key, PlanBody body, Locale locale) {
    Steps step = Steps.valueOf(key.toUpperCase(Locale.ROOT));
    Text title =
        step == Steps.MIGRATE
            ? Text.of(
                "module.step.migrate.plan",
                "n",
                body.changes().size(),
                "changes",
                String.join("; ", body.changes()))
            : Text.of("module.step." + key);
    return new ModulePlan.Step(key, text(title, locale), step.seconds(), step.undoable());
  }

  private static List<String> labels(List<Map<String, String>> all, Locale locale) {
    List<String> words = new ArrayList<>();
    all.forEach(byLanguage -> words.add(in(byLanguage, locale)));
    return words;
  }

  ModuleOperation operation(OperationRecord operation, Locale locale) {
    return new ModuleOperation(
        operation.id(),
        operation.module(),
        lower(operation.action()),
        outcome(operation.outcome()),
        operation.steps().stream()
            .map(
                step ->
                    new ModuleOperation.Step(
                        step.step(),
                        text(Text.of("module.step." + step.step()), locale),
                        lower(step.state()),
                        step.at(),
                        step.state() == OperationRecord.StepState.FAILED
                            ? step.note().map(note -> text(note, locale))
                            : Optional.empty()))
            .toList(),
        operation.startedAt(),
        operation.finishedAt(),
        operation.actor(),
        operation.error().map(error -> text(error, locale)));
  }

  private static String outcome(OperationRecord.Outcome outcome) {
    return outcome == OperationRecord.Outcome.ROLLED_BACK ? "rolledBack" : lower(outcome);
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> present(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
