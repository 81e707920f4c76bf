/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.ui.UiContributionDefinition;
import org.talka.module.Declarations;
import org.talka.security.Seal;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.PermissionCatalogue;

/**
 * Tokens for frames of modules: a person's permissions, narrowed to the scopes that the frame
 * declares, for some minutes, and not beyond the session. Nothing is stored: a token is what it
 * says, sealed. It ends at once with the session, and with the module. Thread-safe.
 */
@Component(service = FrameTokens.class)
public class FrameTokens {
  static final Duration LIFE = Duration.ofMinutes(5);
  static final String PREFIX = "talkaframe_";
  private static final String PURPOSE = "frame-token";
  private static final String SEPARATOR = "\n";
  private static final int PARTS = 5;

  private final Seal seal;
  private final Sessions sessions;
  private final Directory directory;
  private final PermissionCatalogue permissions;
  private final Declarations declarations;
  private final Clock clock;

  @Activate
  public FrameTokens(
      @Reference Seal seal,
      @Reference Sessions sessions,
      @Reference Directory directory,
      @Reference PermissionCatalogue permissions,
      @Reference Declarations declarations) {
    this(seal, sessions, directory, permissions, declarations, Clock.systemUTC());
  }

  FrameTokens(
      Seal seal,
      Sessions sessions,
      Directory directory,
      PermissionCatalogue permissions,
      Declarations declarations,
      Clock clock) {
    this.seal = seal;
    this.sessions = sessions;
    this.directory = directory;
    this.permissions = permissions;
    this.declarations = declarations;
    this.clock = clock;
  }

  /** Which frame. */
  public record Frame(String module, String point, String key) {}

  /**
   * @param scopes that the frame declares, of those that there are
   */
  public record Issued(String token, Instant expiresAt, Set<String> scopes) {}

  /**
   * @param session that the token is bound to
   * @throws DomainException NOT_FOUND when there is no such frame, or the caller may not see it
   */
  public Issued issue(Caller caller, String session, Frame frame) {
    UiContributionDefinition declared =
        declared(frame)
            .filter(ui -> ui.permission() == null || caller.may(ui.permission()))
            .orElseThrow(() -> DomainException.notFound("error.frame.unknown"));
    Instant expiry = clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS);
    String content =
        String.join(
            SEPARATOR,
            session,
            Long.toString(expiry.getEpochSecond()),
            frame.module(),
            frame.point(),
            frame.key());
    Set<String> scopes = new TreeSet<>(declared.scopes());
    scopes.retainAll(permissions.current().tokenScopes());
    return new Issued(PREFIX + seal.seal(PURPOSE, content), expiry, scopes);
  }

  /** Whether a secret claims to be such a token. */
  static boolean claims(String secret) {
    return secret.startsWith(PREFIX);
  }

  /** The caller behind a token that is good now. What the frame declares now counts, not then. */
  Optional<Caller> find(String secret) {
    String[] parts;
    try {
      parts = seal.open(PURPOSE, secret.substring(PREFIX.length())).split(SEPARATOR, -1);
    } catch (DomainException forged) {
      return Optional.empty();
    }
    if (parts.length != PARTS
        || !clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts[1])))) {
      return Optional.empty();
    }
    return declared(new Frame(parts[2], parts[3], parts[4]))
        .flatMap(
            frame ->
                sessions
                    .person(parts[0])
                    .flatMap(directory::personCaller)
                    .filter(whole -> frame.permission() == null || whole.may(frame.permission()))
                    .map(whole -> whole.limitedTo(frame.scopes(), permissions.current())));
  }

  private Optional<UiContributionDefinition> declared(Frame frame) {
    return declarations.current().stream()
        .filter(descriptor -> descriptor.id().equals(frame.module()))
        .flatMap(descriptor -> descriptor.ui().stream())
        .filter(ui -> ui.frame() != null)
        .filter(ui -> ui.point().equals(frame.point()) && ui.key().equals(frame.key()))
        .findFirst();
  }
}
