/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;

/** Callers of a thread, as the platform has them. */
public final class TestCallers implements Callers {
  private final ThreadLocal<Caller> current = new ThreadLocal<>();

  public static Caller person(long id) {
    return new Someone(Caller.Kind.PERSON, Optional.of(new PersonId(id)));
  }

  @Override
  public Caller current() {
    Caller caller = current.get();
    return caller == null ? new Someone(Caller.Kind.ANONYMOUS, Optional.empty()) : caller;
  }

  @Override
  public <T> T as(Caller caller, Supplier<T> work) {
    Caller before = current.get();
    current.set(caller);
    try {
      return work.get();
    } finally {
      current.set(before);
    }
  }

  @Override
  public Caller system(String moduleId) {
    return new Someone(Caller.Kind.SYSTEM, Optional.empty());
  }

  private record Someone(Kind kind, Optional<PersonId> person) implements Caller {
    @Override
    public String username() {
      return "someone";
    }

    @Override
    public String displayName() {
      return "Someone";
    }

    @Override
    public Set<String> roles() {
      return Set.of();
    }

    @Override
    public Set<TeamId> teams() {
      return Set.of();
    }

    @Override
    public Optional<OrganisationId> organisation() {
      return Optional.empty();
    }

    @Override
    public Locale locale() {
      return Locale.ENGLISH;
    }

    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }

    @Override
    public GrantScope grant(String permission) {
      return GrantScope.NONE;
    }
  }
}
