/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.talka.api.job.Job;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.GrantScope;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.module.Declarations;
import org.talka.module.ModuleDescriptor;

/** What jobs stand on, in memory: a gate that calls directly, and a clock that a test moves. */
final class TestPlatform implements Callers, Audit {
  final List<String> audited = new ArrayList<>();
  final Jobs jobs = new Jobs();
  final MovedClock clock = new MovedClock();
  private Caller caller = new Someone("ilze");

  /** Jobs that a test puts there and takes away. */
  static final class Jobs implements Gate {
    private final List<Extension<Job>> here = new ArrayList<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private final Set<String> resting = new HashSet<>();

    void add(String module, String key, String schedule, Job job) {
      add(module, Map.of(Job.KEY, key, Job.SCHEDULE, schedule), job);
    }

    void add(String module, Map<String, Object> properties, Job job) {
      here.add(new Direct(this, module, properties, job));
      listeners.forEach(Runnable::run);
    }

    void remove(String module) {
      here.removeIf(extension -> extension.module().equals(module));
      listeners.forEach(Runnable::run);
    }

    /** The circuit opens: it is in the list and not called. */
    void rest(String module) {
      resting.add(module);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Extensions<T> open(Class<T> point) {
      return new Extensions<>() {
        @Override
        public List<Extension<T>> all() {
          List<Extension<T>> all = new ArrayList<>();
          here.forEach(extension -> all.add((Extension<T>) extension));
          return all;
        }

        @Override
        public Optional<Extension<T>> named(String property, String value) {
          return Optional.empty();
        }

        @Override
        public void onChange(Runnable listener) {
          listeners.add(listener);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public List<ExtensionReport> report() {
      return List.of();
    }

    @Override
    public boolean admitted(String module) {
      return here.stream().anyMatch(extension -> extension.module().equals(module));
    }

    @Override
    public void admit(String module) {}

    @Override
    public boolean withdraw(String module, Duration wait) {
      return true;
    }
  }

  private record Direct(Jobs jobs, String module, Map<String, Object> properties, Job job)
      implements Extension<Job> {
    @Override
    public String name() {
      return "job";
    }

    @Override
    public Set<String> strings(String property) {
      Object value = properties.get(property);
      return value == null ? Set.of() : Set.of((String) value);
    }

    @Override
    public boolean available() {
      return !jobs.resting.contains(module);
    }

    @Override
    public <R> R call(Function<Job, R> work) {
      return work.apply(job);
    }

    @Override
    public boolean tell(Consumer<Job> work) {
      work.accept(job);
      return true;
    }
  }

  static final class MovedClock extends Clock {
    private Instant now = Instant.parse("2026-03-02T12:00:00Z");

    void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Override
  public Caller current() {
    return caller;
  }

  @Override
  public <T> T as(Caller other, Supplier<T> work) {
    Caller before = caller;
    caller = other;
    try {
      return work.get();
    } finally {
      caller = before;
    }
  }

  @Override
  public Caller system(String module) {
    return new Someone("system:" + module);
  }

  @Override
  public void record(String action, String object, Map<String, String> details) {
    audited.add(action + " " + object);
  }

  @Override
  public void recordAlways(String action, String object, Map<String, String> details) {
    record(action, object, details);
  }

  /** A desk that speaks English alone. */
  static final class English implements Declarations {
    @Override
    public List<ModuleDescriptor> current() {
      return List.of(
          descriptor("guest", "jobs"),
          descriptor("skip", "jobs"),
          descriptor("queue", "jobs"),
          descriptor("modest", "mail"));
    }

    private static ModuleDescriptor descriptor(String id, String want) {
      return new ModuleDescriptor(
          id, "1.0.0", true, List.of(want), null, null, null, null, null, null, null, null, null);
    }

    @Override
    public long generation() {
      return 0;
    }

    @Override
    public Map<String, String> words(Locale locale) {
      return Map.of();
    }

    @Override
    public List<Locale> languages() {
      return List.of(Locale.ENGLISH);
    }
  }

  private record Someone(String username) implements Caller {
    @Override
    public Kind kind() {
      return Kind.SYSTEM;
    }

    @Override
    public Optional<PersonId> person() {
      return Optional.empty();
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
    public Locale locale() {
      return Locale.ENGLISH;
    }

    @Override
    public ZoneId zone() {
      return ZoneOffset.UTC;
    }

    @Override
    public GrantScope grant(String permission) {
      return GrantScope.ALL;
    }
  }
}
