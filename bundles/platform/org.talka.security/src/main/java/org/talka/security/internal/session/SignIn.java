/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.security.PersonId;
import org.talka.security.internal.password.Passwords;
import org.talka.security.internal.people.Accounts;
import org.talka.security.internal.people.Directory;

/**
 * Signs people in and out. A wrong name, a wrong password and a closed account look and last the
 * same.
 */
@Component(service = SignIn.class)
public class SignIn {
  private static final int FREE_PER_ADDRESS = 60;
  private static final Duration REFILL = Duration.ofSeconds(1);

  private final Passwords passwords;
  private final Accounts accounts;
  private final Directory directory;
  private final Sessions sessions;
  private final Transactions transactions;
  private final Callers callers;
  private final Audit audit;
  private final AccountDelay delays;
  private final AddressBucket bucket;

  @Activate
  public SignIn(
      @Reference Passwords passwords,
      @Reference Accounts accounts,
      @Reference Directory directory,
      @Reference Sessions sessions,
      @Reference Transactions transactions,
      @Reference Callers callers,
      @Reference Audit audit) {
    this(
        passwords,
        accounts,
        directory,
        sessions,
        transactions,
        callers,
        audit,
        new AccountDelay(Clock.systemUTC()),
        new AddressBucket(FREE_PER_ADDRESS, REFILL, System::nanoTime));
  }

  SignIn(
      Passwords passwords,
      Accounts accounts,
      Directory directory,
      Sessions sessions,
      Transactions transactions,
      Callers callers,
      Audit audit,
      AccountDelay delays,
      AddressBucket bucket) {
    this.passwords = passwords;
    this.accounts = accounts;
    this.directory = directory;
    this.sessions = sessions;
    this.transactions = transactions;
    this.callers = callers;
    this.audit = audit;
    this.delays = delays;
    this.bucket = bucket;
  }

  /**
   * Begins a session.
   *
   * @param before the cookie that the client sent; its session ends, so that nobody can plant one
   * @throws DomainException UNAUTHENTICATED, TOO_MANY, or UNAVAILABLE when too many come at once
   */
  public Sessions.Started signIn(
      String username, String password, String address, String userAgent, Optional<String> before) {
    String account = Accounts.canonical(username);
    admit(account, address);
    Optional<Accounts.Login> login = accounts.login(account);
    Passwords.Answer answer =
        // again when it is its turn: the tries before it count by then
        passwords.check(
            password, login.flatMap(Accounts.Login::phc), () -> admit(account, address));
    if (!answer.right() || login.isEmpty()) {
      failed(account, address, login.isPresent());
      throw wrong();
    }
    delays.succeeded(account, address);
    PersonId person = login.get().person();
    answer.rehashed().ifPresent(phc -> accounts.rehashed(person, phc));
    return transactions.required(
        () -> {
          before.ifPresent(sessions::endByCookie);
          Sessions.Started started = sessions.start(person, address, userAgent);
          asPerson(person, () -> audit.record("session.started", object(account), Map.of()));
          return started;
        });
  }

  /**
   * Checks the password of somebody who is signed in already, as strictly as a sign-in.
   *
   * @return whether it is right
   */
  public boolean confirm(String username, String password, String address) {
    String account = Accounts.canonical(username);
    admit(account, address);
    Optional<Accounts.Login> login = accounts.login(account);
    boolean right =
        passwords
            .check(password, login.flatMap(Accounts.Login::phc), () -> admit(account, address))
            .right();
    if (!right) {
      failed(account, address, login.isPresent());
    }
    return right;
  }

  /** Ends the caller's session. */
  public void signOut(PersonId person, String session) {
    transactions.required(
        () -> {
          if (sessions.end(person, session)) {
            audit.record("session.ended", object(callers.current().username()), Map.of());
          }
          return null;
        });
  }

  private void admit(String account, String address) {
    delays.admit(account, address);
    // who shares an address with somebody who tries names must still get in
    if (!delays.familiar(account, address)) {
      bucket.admit(address);
    }
  }

  private void failed(String account, String address, boolean exists) {
    delays.failed(account, address);
    bucket.failed(address);
    // people type passwords into the wrong box: a name that does not exist is not written down
    audit.recordAlways("session.refused", exists ? object(account) : "person:unknown", Map.of());
  }

  private void asPerson(PersonId person, Runnable work) {
    callers.as(
        directory.personCaller(person).orElseThrow(SignIn::wrong),
        () -> {
          work.run();
          return null;
        });
  }

  private static DomainException wrong() {
    return DomainException.of(ErrorKind.UNAUTHENTICATED, "error.session.wrong");
  }

  private static String object(String account) {
    return "person:" + account.toLowerCase(Locale.ROOT);
  }
}
