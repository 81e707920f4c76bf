/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.ModuleChecks;
import org.talka.module.internal.check.DistributionReader.Distribution;
import org.talka.module.internal.depend.Offers;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.life.FrameworkOffers;
import org.talka.module.internal.life.KeptArchives;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;

/** Checks what is installed against what is to come. */
@Component(service = ModuleChecks.class)
public final class CheckDesk implements ModuleChecks {
  private final BundleContext context;
  private final Journal journal;
  private final Intake intake;
  private final KeptArchives archives;
  private final Translator translator;

  @Activate
  public CheckDesk(
      BundleContext context,
      @Reference Journal journal,
      @Reference Intake intake,
      @Reference Translator translator) {
    this.context = context;
    this.journal = journal;
    this.intake = intake;
    this.archives = new KeptArchives(journal, intake);
    this.translator = translator;
  }

  @Override
  public Report check(Optional<InputStream> archive, List<String> updates, Locale locale)
      throws IOException {
    Optional<Distribution> next =
        archive.isEmpty()
            ? Optional.empty()
            : Optional.of(new DistributionReader(intake.reader()).read(archive.get()));
    Map<String, ModuleArchive> modules = installed();
    for (String update : updates) {
      modules.put(update, offered(update, next));
    }
    Map<String, Wiring> wirings = new TreeMap<>();
    modules.forEach((id, module) -> wirings.put(id, Wiring.of(module)));
    Offers desk =
        next.map(Distribution::offers)
            .map(offers -> Offers.of(List.of(offers, FrameworkOffers.ofTheSystem(context))))
            .orElseGet(() -> FrameworkOffers.ofTheDesk(context));
    Map<String, List<Missing>> problems = UpgradeCheck.problems(wirings, desk);
    return new Report(
        next.map(Distribution::version).orElse(context.getBundle().getVersion().toString()),
        modules.values().stream()
            .map(
                module ->
                    checked(module, problems.getOrDefault(module.id(), List.of()), next, locale))
            .sorted(Comparator.comparing(module -> module.problems().isEmpty()))
            .toList());
  }

  private Map<String, ModuleArchive> installed() {
    Map<String, ModuleArchive> modules = new TreeMap<>();
    journal.modules().stream()
        .filter(record -> record.desired() != Desired.REMOVED)
        .forEach(
            record ->
                archives
                    .taken(record.digest())
                    .ifPresent(module -> modules.put(record.id(), module)));
    return modules;
  }

  /** What comes with the other version of the desk, else what is in the catalogue here. */
  private ModuleArchive offered(String module, Optional<Distribution> next) {
    return next.flatMap(distribution -> newest(distribution.modules(), module))
        .or(() -> intake.catalogue().offered(module))
        .orElseThrow(
            () -> DomainException.invalid("updates", "error.module.unknown", "module", module));
  }

  private static Optional<ModuleArchive> newest(List<ModuleArchive> offers, String module) {
    return offers.stream()
        .filter(offer -> offer.id().equals(module))
        .max(Comparator.comparing(offer -> Version.parseVersion(offer.version())));
  }

  private Checked checked(
      ModuleArchive module, List<Missing> problems, Optional<Distribution> next, Locale locale) {
    Optional<ModuleArchive> newer =
        next.flatMap(distribution -> newest(distribution.modules(), module.id()))
            .filter(offer -> !offer.digest().equals(module.digest()));
    return new Checked(
        module.id(),
        module.titles().getOrDefault(locale.getLanguage(), module.title()),
        module.version(),
        problems.stream()
            .map(
                missing ->
                    new Problem(
                        translator.translate(missing.what(), locale),
                        translator.translate(
                            newer
                                .map(
                                    offer ->
                                        Text.of(
                                            "module.remedy.updateWith", "version", offer.version()))
                                .orElse(missing.remedy()),
                            locale)))
            .toList());
  }
}
