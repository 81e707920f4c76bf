/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.ticket.FieldDefinition;
import org.talka.module.Declarations;
import org.talka.module.DeskOverlay;
import org.talka.ticket.internal.design.DesignJson;
import org.talka.ticket.internal.design.DesignStore;
import org.talka.ticket.internal.design.Designs;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.type.Declared;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.Trouble;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * What the changes of types, fields and workflows have in common: who may, in which version, how
 * names are read, what is kept in the audit, and that the desk sees it as soon as it is certain.
 */
@Component(service = Office.class)
public class Office {
  /** Changes types, fields and workflows. */
  public static final String PERMISSION = "type:admin";

  static final int NAME_MAX = 80;

  private final DesignStore store;
  private final TypeRegistry registry;
  private final Declarations declarations;
  private final DeskOverlay overlay;
  private final Callers callers;
  private final Audit audit;
  private final Transactions transactions;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public Office(
      @Reference DesignStore store,
      @Reference TypeRegistry registry,
      @Reference Declarations declarations,
      @Reference DeskOverlay overlay,
      @Reference Callers callers,
      @Reference Audit audit,
      @Reference Transactions transactions) {
    this.store = store;
    this.registry = registry;
    this.declarations = declarations;
    this.overlay = overlay;
    this.callers = callers;
    this.audit = audit;
    this.transactions = transactions;
  }

  DesignStore store() {
    return store;
  }

  TicketTypes types() {
    return registry.types();
  }

  Designs designs() {
    return registry.designs();
  }

  Caller caller() {
    return callers.current();
  }

  /** The time of a change, in the precision that the database keeps. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  void require() {
    if (!caller().may(PERMISSION)) {
      throw DomainException.forbidden("error.ticket.forbidden", "permission", PERMISSION);
    }
  }

  /** Writes in a transaction; afterwards the desk works with what was written. */
  <T> T write(Supplier<T> work) {
    require();
    return transactions.required(
        () -> {
          T result = work.get();
          transactions.afterCommit(registry::redesigned);
          return result;
        });
  }

  /** Writes what is not in effect yet. */
  void quietly(Runnable work) {
    require();
    transactions.required(
        () -> {
          work.run();
          return null;
        });
  }

  /** What {@code If-Match} is compared with, for all of a kind; 0 for what is not named. */
  public Map<String, Long> versions(Setting.Kind kind) {
    return store.versionsOf(kind);
  }

  long version(Setting.Key key) {
    return store.find(key).map(Setting::version).orElse(0L);
  }

  /**
   * What is set, kept from others until the transaction ends.
   *
   * @param version the one that the client saw; 0 where nothing was set
   */
  <T> Optional<T> lock(Setting.Key key, long version, Class<T> type) {
    Optional<Setting> setting = store.lock(key);
    if (setting.map(Setting::version).orElse(0L) != version) {
      throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
    }
    return setting.map(found -> DesignJson.read(found.body(), type));
  }

  /** Whatever version it has: for what follows from another change. */
  <T> void follow(Setting.Key key, T blank, Class<T> type, UnaryOperator<T> change) {
    Optional<Setting> setting = store.lock(key);
    T before = setting.map(found -> DesignJson.read(found.body(), type)).orElse(blank);
    T after = change.apply(before);
    if (!after.equals(before)) {
      save(key, setting.map(Setting::version).orElse(0L) + 1, after);
    }
  }

  void save(Setting.Key key, long version, Object design) {
    store.save(new Setting(key, DesignJson.write(design), version, now(), name()));
  }

  String name() {
    String name = caller().username();
    return name.length() > 200 ? name.substring(0, 200) : name;
  }

  void audit(String action, String object, Map<String, String> details) {
    audit.record(action, object, details);
  }

  /** What of a setting no longer fits. */
  public List<Text> troubles(Setting.Kind kind, String key) {
    Setting.Key where = new Setting.Key(kind, key);
    return types().troubles().stream()
        .filter(trouble -> trouble.where().equals(where))
        .map(Trouble::what)
        .toList();
  }

  /** A field as its bundle declares it. */
  public Optional<FieldDefinition> declaredField(String key) {
    return Optional.ofNullable(types().declared().fields().get(key));
  }

  /** Whose field it is; {@code core} for one of the desk's own. */
  public String moduleOf(String field) {
    return types().declared().modules().getOrDefault(field, "core");
  }

  /** Whose type it is, as far as a bundle declares it. */
  public Optional<String> declaredModule(String type) {
    return Optional.ofNullable(types().declared().types().get(type)).map(Declared.Type::module);
  }

  Set<String> permissions() {
    Set<String> known = new TreeSet<>();
    declarations
        .current()
        .forEach(descriptor -> descriptor.permissions().forEach(p -> known.add(p.key())));
    return known;
  }

  /** The words that bundles have for a key, by language; languages without any are left out. */
  Map<String, String> declared(String key) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Locale language : declarations.languages()) {
      String word = overlay.beneath(language).get(key);
      if (word != null) {
        names.put(language.getLanguage(), word);
      }
    }
    return names;
  }

  /** The words that a key has now, by language. */
  public Map<String, String> names(String key, Map<String, String> names) {
    Map<String, String> all = new LinkedHashMap<>(declared(key));
    all.putAll(names);
    return all;
  }

  /** A name for whoever reads it now. */
  String shown(String key, Map<String, String> names, String otherwise) {
    Map<String, String> all = names(key, names);
    String here = all.get(caller().locale().getLanguage());
    if (here != null) {
      return here;
    }
    return all.containsKey("en")
        ? all.get("en")
        : all.values().stream().findFirst().orElse(otherwise);
  }

  /**
   * Names as they are kept.
   *
   * @param key their place in the catalogues; a name that a bundle gives itself is not kept, so
   *     that the bundle may change it
   */
  Map<String, String> names(
      Map<String, String> given, String key, int max, String path, Refusals refusals) {
    Map<String, String> kept = new TreeMap<>();
    Map<String, String> known = declared(key);
    List<String> languages = new ArrayList<>();
    declarations.languages().forEach(language -> languages.add(language.getLanguage()));
    given.forEach(
        (language, text) -> {
          String place = path + "." + language;
          if (!languages.contains(language)) {
            refusals.add(
                path, "error.ticket.field.choice", "options", String.join(", ", languages));
            return;
          }
          try {
            String name = text == null ? "" : PlainText.line(text, max);
            if (name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
              refusals.add(place, "error.ticket.design.braces");
            } else if (!name.isEmpty() && !name.equals(known.get(language))) {
              kept.put(language, name);
            }
          } catch (RefusedValue refused) {
            refusals.add(place, refused.reason());
          }
        });
    return kept;
  }
}
