/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.Caller;
import org.talka.security.Authentication;

/** Knows one session and one token. */
public final class FakeAuthentication implements Authentication {
  public static final String COOKIE = "cookie-of-agent";
  public static final String CSRF = "csrf-of-agent";
  public static final String TOKEN = "token-of-agent";
  public volatile boolean setupNeeded;

  @Override
  public Optional<SignedIn> session(String cookieValue) {
    return cookieValue.equals(COOKIE)
        ? Optional.of(new SignedIn("session-1", agent(), CSRF))
        : Optional.empty();
  }

  @Override
  public Optional<Caller> token(String secret, String address) {
    return secret.equals(TOKEN) ? Optional.of(agent()) : Optional.empty();
  }

  @Override
  public Caller anonymous(Locale locale) {
    return FakeCallers.anonymous(locale);
  }

  @Override
  public boolean setupNeeded() {
    return setupNeeded;
  }

  private static Caller agent() {
    return FakeCallers.person(
        "agent", Set.of("thing:read", "thing:write"), Locale.forLanguageTag("lv"));
  }
}
