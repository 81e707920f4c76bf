/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.persistence.Transactions;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.SignedIn;
import org.talka.api.security.Audit;
import org.talka.security.internal.language.Languages;
import org.talka.security.internal.look.Looks;
import org.talka.security.internal.setup.Settings;
import org.talka.security.internal.text.FieldChecks;

/** The desk's settings. */
@Component(service = SettingResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
public class SettingResource {
  private static final int MAX_NAME = 200;

  private final Settings settings;
  private final Transactions transactions;
  private final Audit audit;
  private final Looks looks;
  private final Languages languages;

  @Activate
  public SettingResource(
      @Reference Settings settings,
      @Reference Transactions transactions,
      @Reference Audit audit,
      @Reference Looks looks,
      @Reference Languages languages) {
    this.settings = settings;
    this.transactions = transactions;
    this.audit = audit;
    this.looks = looks;
    this.languages = languages;
  }

  /**
   * The settings.
   *
   * @param organisation whose desk it is
   * @param locale the desk's own language: of new people, and of whoever has one that is not
   *     offered
   * @param zone the time zone of new people
   * @param languages those that people can choose
   */
  public record SettingsView(
      String organisation, String locale, String zone, List<String> languages) {}

  @GET
  @SignedIn
  @Operation(value = "Show the desk's settings", answers = SettingsView.class)
  public SettingsView get() {
    return new SettingsView(
        settings.get(Settings.ORGANISATION).orElse(""),
        settings.get(Settings.LOCALE).orElse("en"),
        settings.get(Settings.ZONE).orElse("UTC"),
        languages.offered().stream().map(Locale::getLanguage).toList());
  }

  @PATCH
  @RequiresPermission("setting:admin")
  @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
  @Operation(
      value = "Change the desk's settings",
      answers = SettingsView.class,
      takes = SettingsView.class)
  public SettingsView change(Map<String, Object> body) {
    Patch patch = new Patch(body, "organisation", "locale", "zone", "languages");
    Map<String, String> changes = new TreeMap<>();
    patch
        .text("organisation")
        .map(name -> patch.checks().line("organisation", name, MAX_NAME))
        .ifPresent(name -> changes.put(Settings.ORGANISATION, name));
    patch
        .locale("locale")
        .ifPresent(locale -> changes.put(Settings.LOCALE, locale.toLanguageTag()));
    patch.zone("zone").ifPresent(zone -> changes.put(Settings.ZONE, zone.getId()));
    patch
        .texts("languages")
        .ifPresent(given -> changes.put(Settings.LANGUAGES, Languages.written(given)));
    check(patch.checks(), changes);
    patch.checks().done();
    transactions.required(
        () -> {
          changes.forEach(settings::put);
          if (!changes.isEmpty()) {
            audit.record("setting.changed", "desk", changes);
            looks.renamed();
          }
          return null;
        });
    return get();
  }

  /** The desk speaks what it offers, and its own language is among it. */
  private void check(FieldChecks checks, Map<String, String> changes) {
    List<String> spoken = languages.spoken().stream().map(Locale::getLanguage).toList();
    String given = changes.get(Settings.LANGUAGES);
    List<String> offered =
        given == null
            ? languages.offered().stream().map(Locale::getLanguage).toList()
            : List.of(given.split(","));
    checks.require(
        spoken.containsAll(offered),
        "languages",
        "error.setting.languages",
        "languages",
        String.join(", ", spoken));
    String own = changes.getOrDefault(Settings.LOCALE, settings.get(Settings.LOCALE).orElse("en"));
    boolean touched = given != null || changes.containsKey(Settings.LOCALE);
    checks.require(
        !touched || offered.contains(Locale.forLanguageTag(own).getLanguage()),
        given == null ? "locale" : "languages",
        "error.setting.own");
  }
}
