/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import java.time.ZoneId;
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

/** Callers on a plain thread local. */
public final class FakeCallers implements Callers {
  private final ThreadLocal<Caller> current = new ThreadLocal<>();

  @Override
  public Caller current() {
    Caller caller = current.get();
    return caller == null ? anonymous(Locale.ENGLISH) : caller;
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
    return new Fake(Caller.Kind.SYSTEM, "system:" + moduleId, Set.of(), Locale.ENGLISH);
  }

  public static Caller anonymous(Locale locale) {
    return new Fake(Caller.Kind.ANONYMOUS, "anonymous", Set.of(), locale);
  }

  public static Caller person(String name, Set<String> permissions, Locale locale) {
    return new Fake(Caller.Kind.PERSON, name, permissions, locale);
  }

  private record Fake(Kind kind, String username, Set<String> permissions, Locale locale)
      implements Caller {
    @Override
    public Optional<PersonId> person() {
      return kind == Kind.PERSON ? Optional.of(new PersonId(1)) : Optional.empty();
    }

    @Override
    public String displayName() {
      return username;
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
    public ZoneId zone() {
      return ZoneId.of("UTC");
    }

    @Override
    public GrantScope grant(String permission) {
      return kind == Kind.SYSTEM || permissions.contains(permission)
          ? GrantScope.ALL
          : GrantScope.NONE;
    }
  }
}
