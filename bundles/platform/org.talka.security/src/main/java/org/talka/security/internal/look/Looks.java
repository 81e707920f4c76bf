/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.security.AppearanceListener;
import org.talka.security.OpenPortal;
import org.talka.security.internal.people.FreshCache;
import org.talka.security.internal.session.AddressBucket;
import org.talka.security.internal.setup.Settings;

/** Keeps how the desk looks. */
@Component(service = {Looks.class, OpenPortal.class})
public class Looks implements OpenPortal {
  public static final int MAX_LOGO = 256 * 1024;

  private static final int VERSION_LENGTH = 16;

  /** A question is asked anew with every pause in typing; this is some minutes of it. */
  private static final int FREE_SEARCHES = 120;

  private static final Duration NEXT_SEARCH = Duration.ofSeconds(1);

  private final FreshCache<Integer, Look> cache = new FreshCache<>(1);
  private final FreshCache<String, Picture> pictures = new FreshCache<>(1);
  private final Database database;
  private final Transactions transactions;
  private final Settings settings;
  private final Audit audit;
  private final AddressBucket searches =
      new AddressBucket(FREE_SEARCHES, NEXT_SEARCH, System::nanoTime, "error.portal.searches");

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      fieldOption = FieldOption.REPLACE)
  private volatile List<AppearanceListener> listeners = List.of();

  @Activate
  public Looks(
      @Reference(target = "(talka.unit=security)") Database database,
      @Reference Transactions transactions,
      @Reference Settings settings,
      @Reference Audit audit) {
    this.database = database;
    this.transactions = transactions;
    this.settings = settings;
    this.audit = audit;
  }

  /** A logo as it is served. */
  public record Picture(String mediaType, byte[] bytes) {}

  /**
   * What is to change; absent stays.
   *
   * @param accent an empty inner value for the desk's own colour
   * @param term an empty inner value for the desk's own word
   * @param portal whether people who are not signed in see the portal
   */
  public record Change(
      Optional<String> name,
      Optional<Optional<String>> accent,
      Optional<Term> term,
      Optional<Boolean> portal) {}

  /** How the desk is called. */
  public record Term(Optional<String> kind, Map<String, String> words) {}

  public Look current() {
    return cache
        .get(LookRow.ID, !transactions.active(), id -> Optional.of(database.read(this::read)))
        .orElseThrow();
  }

  @Override
  public boolean open() {
    return current().portal();
  }

  @Override
  public void search(String address) {
    searches.take(address);
  }

  /** A change of what else belongs to the look: the organisation's name. */
  public void renamed() {
    transactions.afterCommit(this::tell);
  }

  /**
   * @throws DomainException STALE when it is not {@code seen} any more
   */
  public Look change(String seen, Change change) {
    return write(
        seen,
        row -> {
          Map<String, String> said = new TreeMap<>();
          change
              .name()
              .ifPresent(
                  name -> {
                    settings.put(Settings.ORGANISATION, name);
                    said.put("name", name);
                  });
          change
              .accent()
              .ifPresent(
                  accent -> {
                    row.accent(accent);
                    said.put("accent", accent.orElse(""));
                  });
          change
              .term()
              .ifPresent(
                  term -> {
                    row.term(term.kind(), term.words());
                    said.put("term", term.kind().orElse(""));
                    term.words().forEach((language, word) -> said.put("term." + language, word));
                  });
          if (!said.isEmpty()) {
            audit.record("appearance.changed", "desk", said);
          }
          change
              .portal()
              .filter(open -> open != open())
              .ifPresent(
                  open -> {
                    settings.put(Settings.PORTAL, open.toString());
                    audit.record(open ? "portal.opened" : "portal.closed", "desk", Map.of());
                  });
        });
  }

  /**
   * @throws DomainException INVALID when the bytes are no picture that can be shown
   */
  public Look logo(String seen, byte[] bytes) {
    if (bytes.length > MAX_LOGO) {
      throw DomainException.invalid("logo", "error.appearance.size", "max", MAX_LOGO / 1024);
    }
    LogoType type =
        LogoType.of(bytes)
            .orElseThrow(() -> DomainException.invalid("logo", "error.appearance.type"));
    String hash = digest(bytes);
    return write(
        seen,
        row -> {
          removeBut(row, hash);
          database.write(
              em -> {
                if (em.find(LogoRow.class, hash) == null) {
                  String content = Base64.getEncoder().encodeToString(bytes);
                  em.persist(new LogoRow(hash, type.mediaType(), content));
                }
                return null;
              });
          row.logo(Optional.of(new Look.Logo(hash, type.mediaType())));
          audit.record(
              "appearance.logo.changed",
              "desk",
              Map.of("type", type.mediaType(), "size", Integer.toString(bytes.length)));
        });
  }

  public Look removeLogo(String seen) {
    return write(
        seen,
        row -> {
          removeBut(row, "");
          row.logo(Optional.empty());
          audit.record("appearance.logo.removed", "desk", Map.of());
        });
  }

  private void removeBut(LookRow row, String kept) {
    row.logo()
        .filter(logo -> !logo.hash().equals(kept))
        .ifPresent(
            logo ->
                database.write(
                    em -> {
                      Optional.ofNullable(em.find(LogoRow.class, logo.hash()))
                          .ifPresent(em::remove);
                      return null;
                    }));
  }

  /** The logo of this digest, if it is the desk's; whatever else is asked for costs nothing. */
  public Optional<Picture> picture(String hash) {
    if (current().logo().filter(logo -> logo.hash().equals(hash)).isEmpty()) {
      return Optional.empty();
    }
    return pictures.get(
        hash,
        !transactions.active(),
        h ->
            database.read(
                em ->
                    Optional.ofNullable(em.find(LogoRow.class, h))
                        .map(
                            row ->
                                new Picture(
                                    row.mediaType(), Base64.getDecoder().decode(row.content())))));
  }

  private Look write(String seen, Consumer<LookRow> change) {
    return transactions.required(
        () -> {
          database.write(
              em -> {
                LookRow row = em.find(LookRow.class, LookRow.ID, LockModeType.PESSIMISTIC_WRITE);
                if (row == null) {
                  row = LookRow.plain();
                  em.persist(row);
                }
                if (!look(row).version().equals(seen)) {
                  throw DomainException.of(ErrorKind.STALE, "error.appearance.stale");
                }
                change.accept(row);
                return null;
              });
          transactions.afterCommit(this::tell);
          return database.read(this::read);
        });
  }

  private void tell() {
    cache.forget(LookRow.ID);
    String version = current().version();
    for (AppearanceListener listener : listeners) {
      listener.appearanceChanged(version);
    }
  }

  private Look read(EntityManager em) {
    LookRow row = em.find(LookRow.class, LookRow.ID);
    return look(row == null ? LookRow.plain() : row);
  }

  private Look look(LookRow row) {
    String name = settings.get(Settings.ORGANISATION).orElse("");
    Map<String, String> terms = new TreeMap<>(row.terms());
    boolean portal = settings.get(Settings.PORTAL).filter("true"::equals).isPresent();
    List<Object> parts = List.of(name, row.accent(), row.term(), terms, row.logo(), portal);
    String version =
        digest(parts.toString().getBytes(StandardCharsets.UTF_8)).substring(0, VERSION_LENGTH);
    return new Look(name, row.accent(), row.term(), terms, row.logo(), portal, version);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
