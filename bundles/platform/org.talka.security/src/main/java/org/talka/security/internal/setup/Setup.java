/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.setup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.security.NewPerson;
import org.talka.security.internal.people.PeopleDesk;
import org.talka.security.internal.text.FieldChecks;
import org.talka.security.internal.text.Secrets;

/** Gives the desk its first administrator: by the operator's password, or by a one-time link. */
@Component(service = Setup.class)
public class Setup {
  private static final String TOKEN = "setup.token";
  private static final Duration LIFE = Duration.ofHours(24);
  private static final int MAX_TOKEN = 100;
  private static final int MAX_NAME = 200;
  private static final Set<String> ADMIN = Set.of("admin");

  private final Secrets secrets = new Secrets();
  private final Settings settings;
  private final SetupState state;
  private final PeopleDesk people;
  private final Transactions transactions;
  private final Callers callers;
  private final Audit audit;
  private final Clock clock;

  @Activate
  public Setup(
      @Reference Settings settings,
      @Reference SetupState state,
      @Reference PeopleDesk people,
      @Reference Transactions transactions,
      @Reference Callers callers,
      @Reference Audit audit) {
    this(settings, state, people, transactions, callers, audit, Clock.systemUTC());
  }

  Setup(
      Settings settings,
      SetupState state,
      PeopleDesk people,
      Transactions transactions,
      Callers callers,
      Audit audit,
      Clock clock) {
    this.settings = settings;
    this.state = state;
    this.people = people;
    this.transactions = transactions;
    this.callers = callers;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the set-up page asks for. */
  public record Answers(
      String organisation,
      String username,
      String displayName,
      Optional<String> email,
      String password,
      Locale locale) {
    /** Without the password, so that it is never logged. */
    @Override
    public String toString() {
      return "Answers[" + username + "]";
    }
  }

  /** A new one-time token; the one before is worth nothing from now on. */
  String renewToken() {
    String token = secrets.next();
    settings.put(TOKEN, clock.instant().plus(LIFE).getEpochSecond() + " " + Secrets.digest(token));
    return token;
  }

  /**
   * Creates the person {@code admin} with the operator's password.
   *
   * @return what the password rules have against it
   */
  Optional<Text> withPassword(String password) {
    NewPerson admin =
        NewPerson.of("admin", "Administrator").withPassword(password).withRoles(ADMIN);
    return callers.as(
        callers.system("core"),
        () ->
            transactions.required(
                () -> {
                  Optional<Text> refusal = people.createAsGiven(admin);
                  finish("Talka", Locale.ENGLISH, admin.username());
                  return refusal;
                }));
  }

  /**
   * Creates the administrator that the set-up page describes.
   *
   * @throws DomainException CONFLICT when it is done already, FORBIDDEN for a wrong or expired
   *     token, INVALID with the fields
   */
  public void withLink(String token, Answers answers) {
    if (!state.needed()) {
      throw DomainException.conflict("error.setup.done");
    }
    String stored = settings.get(TOKEN).filter(s -> fits(s, token)).orElseThrow(Setup::refused);
    FieldChecks checks = new FieldChecks();
    String organisation = checks.line("organisation", answers.organisation(), MAX_NAME);
    checks.done();
    NewPerson admin =
        new NewPerson(
            answers.username(),
            answers.displayName(),
            answers.email(),
            Optional.of(answers.password()),
            ADMIN,
            Set.of(),
            Optional.empty(),
            answers.locale(),
            ZoneId.of("UTC"));
    callers.as(
        callers.system("core"),
        () ->
            transactions.required(
                () -> {
                  if (!settings.take(TOKEN, stored)) {
                    throw refused();
                  }
                  people.create(admin);
                  finish(organisation, answers.locale(), admin.username());
                  return null;
                }));
  }

  private void finish(String organisation, Locale locale, String username) {
    settings.put(Settings.ORGANISATION, organisation);
    settings.put(Settings.LOCALE, locale.toLanguageTag());
    settings.put(Settings.ZONE, "UTC");
    audit.record("setup.finished", "person:" + username, Map.of("organisation", organisation));
    state.finish(clock.instant().toString());
  }

  private boolean fits(String stored, String token) {
    int blank = stored.indexOf(' ');
    Instant until = Instant.ofEpochSecond(Long.parseLong(stored.substring(0, blank)));
    return token.length() <= MAX_TOKEN
        && clock.instant().isBefore(until)
        && Secrets.digest(token).equals(stored.substring(blank + 1));
  }

  private static DomainException refused() {
    return DomainException.forbidden("error.setup.link");
  }
}
