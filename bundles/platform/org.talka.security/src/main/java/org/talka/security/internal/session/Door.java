/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.Caller;
import org.talka.security.Authentication;
import org.talka.security.internal.people.AnonymousCaller;
import org.talka.security.internal.setup.SetupState;

/** Recognises who comes in. */
@Component(service = Authentication.class)
public class Door implements Authentication {
  private final Sessions sessions;
  private final Tokens tokens;
  private final FrameTokens frames;
  private final SetupState setup;

  @Activate
  public Door(
      @Reference Sessions sessions,
      @Reference Tokens tokens,
      @Reference FrameTokens frames,
      @Reference SetupState setup) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.frames = frames;
    this.setup = setup;
  }

  @Override
  public Optional<SignedIn> session(String cookieValue) {
    return sessions.find(cookieValue);
  }

  @Override
  public Optional<Caller> token(String secret, String address) {
    return FrameTokens.claims(secret) ? frames.find(secret) : tokens.find(secret, address);
  }

  @Override
  public Caller anonymous(Locale locale) {
    return new AnonymousCaller(locale);
  }

  @Override
  public boolean setupNeeded() {
    return setup.needed();
  }
}
