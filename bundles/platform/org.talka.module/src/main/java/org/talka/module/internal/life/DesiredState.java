/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.DatabaseUnavailableException;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.life.ModuleHost.Hosted;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;

/**
 * Makes the running system what a module's record says. Whatever failed or was cut off is put right
 * by this one thing.
 */
final class DesiredState {
  private static final Logger LOG = LoggerFactory.getLogger(DesiredState.class);

  private final Journal journal;
  private final ModuleHost host;
  private final Clock clock;
  private final Surroundings surroundings;
  private final ApiBundles apis;

  DesiredState(
      Journal journal, ModuleHost host, Clock clock, Surroundings surroundings, ApiBundles apis) {
    this.journal = journal;
    this.host = host;
    this.clock = clock;
    this.surroundings = surroundings;
    this.apis = apis;
  }

  /**
   * Makes the running system what the record says; does nothing where it is so already.
   *
   * @param why what to tell the administrator, if something went wrong before
   */
  void bringAbout(ModuleRecord record, Optional<Text> why) {
    removeOthers(record);
    switch (record.desired()) {
      case REMOVED -> {
        host.drain(record.id(), Duration.ZERO);
        host.withdrawDeclarations(record.id());
        boolean wasNever = record.committedBy().isEmpty();
        settle(record.id(), wasNever ? ModuleState.FAILED : ModuleState.REMOVED, why);
      }
      case DISABLED -> {
        Hosted hosted = installed(record);
        host.drain(record.id(), LifeCycle.DRAIN);
        host.withdrawDeclarations(record.id());
        host.stop(hosted.bundle());
        settle(record.id(), ModuleState.DISABLED, why);
      }
      case ACTIVE -> {
        if (record.quarantine().isPresent()) {
          hold(record.id(), ModuleState.QUARANTINED, record.quarantine());
        } else {
          activate(record);
          settle(record.id(), ModuleState.ACTIVE, why);
        }
      }
    }
  }

  void activate(ModuleRecord record) {
    Hosted hosted = installed(record);
    host.resolve(hosted.bundle());
    host.migrate(hosted.bundle());
    start(record.id(), hosted.bundle());
    host.declare(hosted.bundle(), record.digest());
    host.admit(record.id());
  }

  /** Its bundle stays, its code does not run. */
  void hold(String module, ModuleState state, Optional<Text> why) {
    host.drain(module, Duration.ZERO);
    host.withdrawDeclarations(module);
    for (Hosted hosted : allOf(module)) {
      host.stop(hosted.bundle());
    }
    settle(module, state, why);
  }

  /** It can't be had as it should be: nothing of it may take part half. */
  void takeOut(String module, Text reason) {
    try {
      hold(module, ModuleState.FAILED, Optional.of(reason));
    } catch (DatabaseUnavailableException away) {
      throw away;
    } catch (RuntimeException | LinkageError again) {
      LOG.error("Module {} could not be taken out", module, again);
      settle(module, ModuleState.FAILED, Optional.of(reason));
    }
  }

  void start(String module, long bundle) {
    surroundings.starting(module);
    try {
      host.start(bundle);
    } finally {
      surroundings.started(module);
    }
  }

  Hosted running(ModuleRecord record) {
    return find(record).orElseThrow(() -> new StepFailure(Text.of("error.module.gone")));
  }

  Optional<Hosted> find(ModuleRecord record) {
    return allOf(record.id()).stream()
        .filter(hosted -> hosted.location().equals(record.location()))
        .findFirst();
  }

  /** The record's bundle, installed again from its archive when the framework has lost it. */
  Hosted installed(ModuleRecord record) {
    journal.artifact(record.digest()).ifPresent(apis::bring);
    Optional<Hosted> there = find(record);
    if (there.isPresent() && !exchanged(there.get(), record)) {
      return there.get();
    }
    there.ifPresent(other -> free(host.uninstall(other.bundle())));
    String location = LifeCycle.location(record.id(), record.digest());
    Hosted hosted = host.install(location, surroundings.bundle(artifact(record.digest())));
    journal.module(record.id()).ifPresent(now -> journal.save(now.at(location)));
    return hosted;
  }

  /** Somebody has updated its bundle in place: the database says what the module is. */
  boolean exchanged(Hosted hosted, ModuleRecord record) {
    boolean other =
        journal
            .artifact(record.digest())
            .filter(artifact -> host.differs(hosted.bundle(), surroundings.bundle(artifact)))
            .isPresent();
    if (other) {
      LOG.warn("Bundle {} has not the content of module {}", hosted.bundle(), record.id());
    }
    return other;
  }

  Artifact artifact(String digest) {
    return journal
        .artifact(digest)
        .orElseThrow(() -> new StepFailure(Text.of("error.module.artifact")));
  }

  void removeOthers(ModuleRecord keep) {
    for (Hosted hosted : allOf(keep.id())) {
      if (keep.desired() == Desired.REMOVED || !hosted.location().equals(keep.location())) {
        remove(hosted);
      }
    }
    clearApis(keep);
  }

  void removeOthers(long keep, String module) {
    for (Hosted hosted : allOf(module)) {
      if (hosted.bundle() != keep) {
        remove(hosted);
      }
    }
  }

  void clearApis(ModuleRecord keep) {
    apis.clear(
        keep.id(),
        journal::artifact,
        keep.desired() == Desired.REMOVED ? Optional.empty() : Optional.of(keep.digest()));
  }

  /** One that does not let go stays where it is; it takes no part and goes with the next start. */
  void remove(Hosted hosted) {
    if (!host.uninstall(hosted.bundle())) {
      LOG.warn("Bundle {} of module {} does not end", hosted.bundle(), hosted.module());
    }
  }

  List<Hosted> allOf(String module) {
    return host.hosted().stream().filter(hosted -> hosted.module().equals(module)).toList();
  }

  void settle(String module, ModuleState state, Optional<Text> why) {
    journal
        .module(module)
        .ifPresent(record -> journal.save(record.in(state, clock.instant(), why)));
    surroundings.changed(module, state);
  }

  static void free(boolean free) {
    if (!free) {
      throw new StepFailure(Text.of("error.module.stuck"));
    }
  }

  /** Something done to all bundles; a remark for the administrator if one does not let go. */
  static Optional<Text> freed(List<Hosted> bundles, java.util.function.LongPredicate what) {
    boolean free = true;
    for (Hosted hosted : bundles) {
      free &= what.test(hosted.bundle());
    }
    return free ? Optional.empty() : Optional.of(Text.of("error.module.stuck"));
  }
}
