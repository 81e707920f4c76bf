/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.CatalogueEntry;
import org.talka.module.ModuleDescriptor;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.ModuleSignature;
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
        icon(archive.descriptor()));
  }

  /** A module looks like its first type or, without any, like the first that it shows. */
  private static String icon(ModuleDescriptor module) {
    return Stream.concat(
            module.ticketTypes().stream().map(type -> type.icon()),
            module.ui().stream().map(ui -> ui.icon()))
        .filter(icon -> icon != null)
        .findFirst()
        .orElse(NO_ICON);
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
            body.resources(),
            frames(body, locale)),
        body.affects(),
        body.blockers().stream()
            .map(
                blocker ->
                    new ModulePlan.Blocker(
                        text(blocker.message(), locale), text(blocker.remedy(), locale)))
            .toList(),
        Optional.ofNullable(body.signature())
            .map(by -> new ModuleSignature(by.verdict(), text(by.text(), locale))),
        details(body)
            .map(PlanBody.Details::bundles)
            .map(List::stream)
            .orElseGet(Stream::empty)
            .map(b -> new ModulePlan.BundleChange(b.change(), b.bundle(), b.version()))
            .toList(),
        removes(body, locale),
        changes(body).stream()
            .map(
                change ->
                    new ModulePlan.DatabaseChange(
                        change.id(), change.description(), change.contract(), change.undoable()))
            .toList(),
        details(body).map(PlanBody.Details::wayBack).map(way -> text(way, locale)),
        body.also().stream().map(other -> also(other, locale)).toList(),
        body.consent().stream()
            .map(want -> text(Text.of("module.wants." + want), locale))
            .toList());
  }

  private ModulePlan.Also also(PlanBody other, Locale locale) {
    return new ModulePlan.Also(
        other.module(),
        in(other.titles(), locale),
        lower(other.action()),
        present(other.from()),
        present(other.to()),
        other.steps().stream().mapToDouble(step -> Steps.of(step).seconds()).sum(),
        labels(other.ticketTypes(), locale),
        labels(other.permissions(), locale),
        labels(other.navigation(), locale),
        frames(other, locale));
  }

  private static Optional<PlanBody.Details> details(PlanBody body) {
    return Optional.ofNullable(body.details());
  }

  private static List<ModuleHost.Change> changes(PlanBody body) {
    return details(body).map(PlanBody.Details::databaseChanges).orElse(List.of());
  }

  private static ModulePlan.Adds removes(PlanBody body, Locale locale) {
    Offer gone = details(body).map(PlanBody.Details::removes).orElse(Offer.NOTHING);
    return new ModulePlan.Adds(
        labels(Offer.labels(gone.ticketTypes()), locale),
        labels(Offer.labels(gone.permissions()), locale),
        labels(Offer.labels(gone.navigation()), locale),
        List.copyOf(gone.resources().keySet()),
        labels(Offer.labels(gone.frames()), locale));
  }

  private static List<String> frames(PlanBody body, Locale locale) {
    return labels(details(body).map(PlanBody.Details::frames).orElse(List.of()), locale);
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
    Steps step = Steps.of(key);
    Text title =
        step == Steps.MIGRATE
            ? Text.of("module.step.migrate.plan", "n", body.changes().size())
            : Text.of("module.step." + key);
    boolean undo =
        step.undoable()
            && (step != Steps.MIGRATE
                || changes(body).stream()
                    .filter(change -> !change.contract())
                    .allMatch(ModuleHost.Change::undoable));
    return new ModulePlan.Step(key, text(title, locale), step.seconds(), undo);
  }

  private static List<String> labels(List<Map<String, String>> all, Locale locale) {
    List<String> words = new ArrayList<>();
    all.forEach(byLanguage -> words.add(in(byLanguage, locale)));
    return words;
  }

  /**
   * @param plan what it carries out, when somebody had planned it
   * @param version of the archive that it is about, while that is kept
   */
  ModuleOperation operation(
      OperationRecord operation, Optional<PlanBody> plan, Optional<String> version, Locale locale) {
    boolean ends =
        switch (operation.action()) {
          case DISABLE, UNINSTALL, PURGE, QUARANTINE -> true;
          default -> false;
        };
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
        operation.error().map(error -> text(error, locale)),
        operation.differences().stream().map(difference -> text(difference, locale)).toList(),
        plan.map(PlanBody::from).or(() -> version.filter(v -> ends)).flatMap(Views::present),
        plan.map(PlanBody::to).or(() -> version.filter(v -> !ends)).flatMap(Views::present),
        plan.map(PlanBody::signature)
            .map(by -> new ModuleSignature(by.verdict(), text(by.text(), locale))),
        plan.map(body -> labels(body.permissions(), locale)).orElse(List.of()));
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
