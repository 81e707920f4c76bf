/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import java.time.Duration;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.StepUp;
import org.talka.security.internal.origin.Origins;

/** Whether the password of the caller's session was typed a short time ago. */
@Component(service = StepUp.class)
public final class RecentPassword implements StepUp {
  /** In seconds; ten minutes when it is not set. */
  private static final String PROPERTY = "talka.step-up.seconds";

  private static final Duration USUAL = Duration.ofMinutes(10);

  private final Sessions sessions;
  private final Origins origins;
  private final Callers callers;
  private final Duration recent;

  @Activate
  public RecentPassword(
      BundleContext context,
      @Reference Sessions sessions,
      @Reference Origins origins,
      @Reference Callers callers) {
    this(
        sessions,
        origins,
        callers,
        Optional.ofNullable(context.getProperty(PROPERTY))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(USUAL));
  }

  RecentPassword(Sessions sessions, Origins origins, Callers callers, Duration recent) {
    this.sessions = sessions;
    this.origins = origins;
    this.callers = callers;
    this.recent = recent;
  }

  @Override
  public void require() {
    if (callers.current().kind() == Caller.Kind.SYSTEM) {
      return;
    }
    String session =
        origins
            .current()
            .session()
            .orElseThrow(() -> DomainException.forbidden("error.session.needed"));
    if (!sessions.confirmedWithin(session, recent)) {
      throw DomainException.forbidden("error.session.confirm");
    }
  }
}
