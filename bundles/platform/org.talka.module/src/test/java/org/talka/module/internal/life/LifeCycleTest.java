/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleState;
import org.talka.module.internal.life.ModuleHost.Hosted;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.module.internal.store.OperationRecord.Outcome;
import org.talka.module.internal.store.OperationRecord.StepState;

class LifeCycleTest {
  private final Doom doom = new Doom();
  private final Hands clock = new Hands();
  private final MemoryJournal journal = new MemoryJournal(doom);
  private final FakeHost host = new FakeHost(doom);
  private final List<ModuleState> states = new ArrayList<>();
  private final List<String> committed = new ArrayList<>();
  private int operations;

  private LifeCycle lifeCycle() {
    return new LifeCycle(journal, host, clock, (module, state) -> states.add(state));
  }

  /** A clock that goes on by a millisecond whenever somebody looks at it, or as it is told. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void go(Duration further) {
      now = now.plus(further);
    }

    @Override
    public Instant instant() {
      now = now.plusMillis(1);
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static String digest(String version) {
    return "digest-of-" + version;
  }

  private void keepArchive(String version) {
    journal.store(
        new Artifact(
            digest(version),
            "problem",
            shown(version),
            "problem.jar",
            ("problem " + shown(version)).getBytes(StandardCharsets.UTF_8)),
        clock.instant());
  }

  /** {@code 1.0.0b} is another content of version {@code 1.0.0}. */
  private static String shown(String version) {
    return version.replace("b", "");
  }

  private LifeCycle.Task task(ModuleAction action, String version) {
    return new LifeCycle.Task(
        "op-" + operations++,
        action,
        "problem",
        shown(version),
        digest(version),
        Optional.empty(),
        Map.of("en", "Problem"),
        "admin");
  }

  private Outcome run(ModuleAction action, String version) {
    keepArchive(version);
    LifeCycle.Task task = task(action, version);
    LifeCycle lifeCycle = lifeCycle();
    lifeCycle.begin(task);
    return lifeCycle.run(task);
  }

  private ModuleRecord record() {
    return journal.module("problem").orElseThrow();
  }

  private List<String> running() {
    return host.hosted().stream()
        .filter(Hosted::running)
        .map(Hosted::version)
        .collect(Collectors.toList());
  }

  @Example
  void installsAModule() {
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.INSTALL, "1.0.0"));
    assertEquals(List.of("1.0.0"), running());
    assertEquals(ModuleState.ACTIVE, record().state());
    assertEquals(1, host.declared().size());
    assertTrue(host.admitted().contains("problem"));
    assertEquals(
        List.of(
            ModuleState.INSTALLING,
            ModuleState.MIGRATING,
            ModuleState.STARTING,
            ModuleState.ACTIVE),
        states);
    assertTrue(
        journal.operation("op-0").orElseThrow().steps().stream()
            .allMatch(step -> step.state() == StepState.DONE));
  }

  @Example
  void aFailedInstallationLeavesNothingButItsReason() {
    host.fail("start 1.0.0");
    assertEquals(Outcome.ROLLED_BACK, run(ModuleAction.INSTALL, "1.0.0"));
    assertEquals(List.of(), host.hosted());
    assertEquals(List.of(), host.schema());
    assertEquals(ModuleState.FAILED, record().state());
    assertEquals("test.failure", record().reason().orElseThrow().key());
    assertEquals(
        StepState.FAILED,
        journal.operation("op-0").orElseThrow().steps().stream()
            .filter(step -> step.step().equals("start"))
            .findFirst()
            .orElseThrow()
            .state());
  }

  @Example
  void updatesAndKeepsTheVersionBefore() {
    run(ModuleAction.INSTALL, "1.0.0");
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.UPDATE, "2.0.0"));
    assertEquals(List.of("2.0.0"), running());
    assertEquals(1, host.hosted().size());
    assertEquals("1.0.0", record().previous().orElseThrow().version());
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.ROLLBACK, "1.0.0"));
    assertEquals(List.of("1.0.0"), running());
  }

  @Example
  void aFailedUpdateBringsTheOldVersionBackWithItsSchema() {
    run(ModuleAction.INSTALL, "1.0.0");
    for (String step : List.of("install", "resolve", "migrate", "start", "join", "declare")) {
      host.fail(step + " 2.0.0");
      assertEquals(Outcome.ROLLED_BACK, run(ModuleAction.UPDATE, "2.0.0"), step);
      assertEquals(List.of("1.0.0"), running(), step);
      assertEquals(List.of("problem 1.0.0"), host.schema(), step);
      assertEquals(Set.of(), host.withdrawnMeanwhile(), step);
      assertEquals(ModuleState.ACTIVE, record().state());
      assertEquals("test.failure", record().reason().orElseThrow().key());
      assertTrue(host.admitted().contains("problem"));
      assertEquals(1, host.declared().size());
    }
  }

  @Example
  void updatesToAnotherContentOfTheSameVersion() {
    run(ModuleAction.INSTALL, "1.0.0");
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.UPDATE, "1.0.0b"));
    assertEquals(digest("1.0.0b"), record().digest());
    assertEquals(1, host.hosted().size());
    host.fail("start 1.0.0");
    // neither the new content nor the old one starts: an administrator must look
    assertEquals(Outcome.FAILED, run(ModuleAction.UPDATE, "1.0.0"));
    assertEquals(ModuleState.FAILED, record().state());
    host.fail("");
    lifeCycle().reconcile();
    assertEquals(ModuleState.ACTIVE, record().state());
    assertEquals(digest("1.0.0b"), record().digest());
  }

  @Example
  void disablesEnablesAndRemoves() {
    run(ModuleAction.INSTALL, "1.0.0");
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.DISABLE, "1.0.0"));
    assertEquals(List.of(), running());
    assertEquals(1, host.hosted().size());
    assertEquals(ModuleState.DISABLED, record().state());
    assertTrue(host.admitted().isEmpty() && host.declared().isEmpty());
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.ENABLE, "1.0.0"));
    assertEquals(List.of("1.0.0"), running());
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.UNINSTALL, "1.0.0"));
    assertEquals(List.of(), host.hosted());
    assertEquals(ModuleState.REMOVED, record().state());
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.INSTALL, "1.0.0"));
    assertEquals(List.of("1.0.0"), running());
  }

  @Example
  void takesOnlyTheStepsThatThePlanShowed() {
    for (ModuleAction action :
        List.of(
            ModuleAction.INSTALL,
            ModuleAction.DISABLE,
            ModuleAction.ENABLE,
            ModuleAction.UNINSTALL)) {
      String operation = "op-" + operations;
      run(action, "1.0.0");
      assertEquals(
          Steps.of(action, false).stream().map(Steps::key).toList(),
          journal.operation(operation).orElseThrow().steps().stream()
              .map(OperationRecord.Step::step)
              .toList());
    }
  }

  @Example
  void bringsEverythingBackWhenTheFrameworkForgotIt() {
    run(ModuleAction.INSTALL, "1.0.0");
    host.loseBundles();
    lifeCycle().reconcile();
    assertEquals(List.of("1.0.0"), running());
    assertEquals(ModuleState.ACTIVE, record().state());
  }

  @Example
  void keepsDeclarationsWhileOneVersionFollowsAnother() {
    run(ModuleAction.INSTALL, "1.0.0");
    run(ModuleAction.UPDATE, "2.0.0");
    assertEquals(Set.of(), host.withdrawnMeanwhile());
    assertEquals(1, host.declared().size());
  }

  @Example
  void aMigrationThatWasCutOffBehindItsCommitIsTakenBack() {
    run(ModuleAction.INSTALL, "1.0.0");
    keepArchive("2.0.0");
    for (int ticks = 0; ticks < 40; ticks++) {
      LifeCycle.Task task = task(ModuleAction.UPDATE, "2.0.0");
      lifeCycle().begin(task);
      doom.in(ticks);
      try {
        lifeCycle().run(task);
        return;
      } catch (Doom.PowerCut dark) {
        host.powerCut();
      }
      doom.never();
      lifeCycle().reconcile();
      boolean updated = record().version().equals("2.0.0");
      assertEquals(
          updated ? List.of("problem 1.0.0", "problem 2.0.0") : List.of("problem 1.0.0"),
          host.schema(),
          "power cut after " + ticks);
      if (updated) {
        return;
      }
    }
    throw new AssertionError("the update never came to its end");
  }

  @Example
  void aStartThatHangsIsTakenBackBesideIt() {
    run(ModuleAction.INSTALL, "1.0.0");
    host.hang("2.0.0");
    assertEquals(Outcome.ROLLED_BACK, run(ModuleAction.UPDATE, "2.0.0"));
    assertEquals(List.of("1.0.0"), running());
    assertEquals("error.module.startStuck", record().reason().orElseThrow().key());
    assertEquals(List.of("problem 1.0.0"), host.schema());
    assertTrue(host.admitted().contains("problem"));
    host.restart();
    lifeCycle().reconcile();
    assertEquals(1, host.hosted().size(), "what hung goes with the restart");
    assertEquals(List.of("1.0.0"), running());
  }

  @Example
  void anOperationThatOthersHaveOvertakenIsNotTakenBack() {
    run(ModuleAction.INSTALL, "1.0.0");
    keepArchive("2.0.0");
    LifeCycle.Task cutOff = task(ModuleAction.UPDATE, "2.0.0");
    lifeCycle().begin(cutOff);
    doom.in(13);
    try {
      lifeCycle().run(cutOff);
    } catch (Doom.PowerCut dark) {
      doom.never();
    }
    assertTrue(host.schema().contains("problem 2.0.0"), "cut off behind its migration");
    clock.go(Duration.ofSeconds(1));
    run(ModuleAction.UPDATE, "2.0.0");
    lifeCycle().reconcile();
    assertEquals(List.of(), journal.unfinished());
    assertEquals(List.of("2.0.0"), running());
    assertTrue(host.schema().contains("problem 2.0.0"), "the version that runs keeps its tables");
  }

  @Example
  void quarantineOutlastsTheServerAndIsLifted() {
    run(ModuleAction.INSTALL, "1.0.0");
    assertEquals(Outcome.SUCCEEDED, quarantine());
    assertEquals(ModuleState.QUARANTINED, record().state());
    assertEquals(Desired.ACTIVE, record().desired());
    assertEquals(List.of(), running());
    assertTrue(host.admitted().isEmpty() && host.declared().isEmpty());
    host.powerCut();
    lifeCycle().reconcile();
    assertEquals(ModuleState.QUARANTINED, record().state());
    assertEquals("test.harm", record().reason().orElseThrow().key());
    assertEquals(List.of(), running());
    assertEquals(Outcome.SUCCEEDED, run(ModuleAction.ENABLE, "1.0.0"));
    assertEquals(List.of("1.0.0"), running());
    assertEquals(Optional.empty(), record().quarantine());
  }

  private Outcome quarantine() {
    return itself(
        ModuleAction.QUARANTINE,
        record().version(),
        record().digest(),
        Optional.of(Text.of("test.harm")),
        List.of());
  }

  private Outcome itself(
      ModuleAction action,
      String version,
      String digest,
      Optional<Text> reason,
      List<String> undo) {
    LifeCycle.Task task =
        new LifeCycle.Task(
            "op-" + operations++,
            action,
            "problem",
            version,
            digest,
            Optional.empty(),
            Map.of("en", "Problem"),
            "core",
            reason,
            undo);
    LifeCycle lifeCycle = lifeCycle();
    lifeCycle.begin(task);
    return lifeCycle.run(task);
  }

  @Example
  void theWayBackIsClosedBeforeContractChangesAreMade() {
    run(ModuleAction.INSTALL, "1.0.0");
    run(ModuleAction.UPDATE, "2.0.0");
    assertTrue(record().probationUntil().isPresent());
    assertEquals(List.of(), host.contracted());
    assertEquals(Outcome.SUCCEEDED, contract());
    assertEquals(List.of("problem 2.0.0"), host.contracted());
    assertEquals(Optional.empty(), record().previous());
    assertEquals(Optional.empty(), record().probationUntil());
    assertEquals(List.of("2.0.0"), running());
  }

  private Outcome contract() {
    return itself(
        ModuleAction.CONTRACT, record().version(), record().digest(), Optional.empty(), List.of());
  }

  @Example
  void aContractChangeThatFailsKeepsTheWayBack() {
    run(ModuleAction.INSTALL, "1.0.0");
    run(ModuleAction.UPDATE, "2.0.0");
    host.fail("contract 2.0.0");
    assertEquals(Outcome.FAILED, contract());
    assertEquals("1.0.0", record().previous().orElseThrow().version());
    assertEquals(ModuleState.ACTIVE, record().state());
    assertEquals(List.of("2.0.0"), running());
    assertTrue(host.admitted().contains("problem"));
  }

  @Example
  void aContractChangeThatIsCutOffAnywhereIsWholeAfterwards() {
    for (int ticks = 0; ticks < 20; ticks++) {
      LifeCycleTest world = new LifeCycleTest();
      world.run(ModuleAction.INSTALL, "1.0.0");
      world.run(ModuleAction.UPDATE, "2.0.0");
      world.doom.in(ticks);
      try {
        world.contract();
      } catch (Doom.PowerCut dark) {
        world.host.powerCut();
      }
      world.doom.never();
      world.lifeCycle().reconcile();
      assertEquals(
          world.record().previous().isEmpty(),
          world.host.contracted().contains("problem 2.0.0"),
          "power cut after " + ticks);
      assertEquals(List.of("2.0.0"), world.running());
      assertEquals(List.of(), world.journal.unfinished());
    }
  }

  @Example
  void goingBackByItselfTakesTheSchemaBackWheneverThePowerGoes() {
    for (int ticks = 0; ticks < 50; ticks++) {
      LifeCycleTest world = new LifeCycleTest();
      world.run(ModuleAction.INSTALL, "1.0.0");
      world.run(ModuleAction.UPDATE, "2.0.0");
      world.clock.go(Duration.ofSeconds(1));
      List<String> migrated = world.lifeCycle().migratedBy(world.record());
      assertEquals(List.of("problem 2.0.0"), migrated);
      world.doom.in(ticks);
      try {
        world.itself(
            ModuleAction.ROLLBACK,
            "1.0.0",
            digest("1.0.0"),
            Optional.of(Text.of("test.fault")),
            migrated);
      } catch (Doom.PowerCut dark) {
        world.host.powerCut();
      }
      world.doom.never();
      world.lifeCycle().reconcile();
      boolean back = world.record().version().equals("1.0.0");
      assertEquals(
          back ? List.of("problem 1.0.0") : List.of("problem 1.0.0", "problem 2.0.0"),
          world.host.schema(),
          "power cut after " + ticks);
      assertEquals(back ? List.of("1.0.0") : List.of("2.0.0"), world.running());
      assertTrue(
          back || world.record().probationUntil().isPresent(), "it is still watched otherwise");
    }
  }

  @Example
  void aCancelledUpdateTouchesNothingThatRuns() {
    run(ModuleAction.INSTALL, "1.0.0");
    keepArchive("2.0.0");
    LifeCycle.Task task = task(ModuleAction.UPDATE, "2.0.0");
    LifeCycle lifeCycle = lifeCycle();
    lifeCycle.begin(task);
    lifeCycle.cancel(task.operation());
    assertEquals(Outcome.ROLLED_BACK, lifeCycle.run(task));
    assertEquals(List.of("1.0.0"), running());
    assertEquals(List.of("problem 1.0.0"), host.schema());
    assertEquals(
        "module.reason.cancelled",
        journal.operation(task.operation()).orElseThrow().error().orElseThrow().key());
  }

  @Example
  void aModuleThatIsBadDoesNotKeepTheOthersAway() {
    run(ModuleAction.INSTALL, "1.0.0");
    host.fail("start 1.0.0");
    host.powerCut();
    lifeCycle().reconcile();
    assertEquals(ModuleState.FAILED, record().state());
    assertEquals(List.of(), journal.unfinished());
  }

  @Example
  void aBundleThatWasUpdatedInPlaceIsReplacedByWhatTheDatabaseSays() {
    run(ModuleAction.INSTALL, "1.0.0");
    long before = host.hosted().get(0).bundle();
    host.exchange(record().location());
    host.powerCut();
    lifeCycle().reconcile();
    assertTrue(host.hosted().get(0).bundle() != before);
    assertEquals(List.of("1.0.0"), running());
  }

  @Example
  void whoeverObjectsKeepsAModuleFromStartingWithTheServer() {
    run(ModuleAction.INSTALL, "1.0.0");
    host.powerCut();
    for (boolean lasting : new boolean[] {false, true}) {
      objecting(lasting).reconcile();
      assertEquals(List.of(), running());
      assertEquals(lasting ? ModuleState.QUARANTINED : ModuleState.WAITING, record().state());
      assertEquals("test.veto", record().reason().orElseThrow().key());
    }
    lifeCycle().reconcile();
    assertEquals(ModuleState.QUARANTINED, record().state());
  }

  private LifeCycle objecting(boolean lasting) {
    return new LifeCycle(
        journal,
        host,
        clock,
        new Surroundings() {
          @Override
          public void changed(String module, ModuleState state) {
            states.add(state);
          }

          @Override
          public Optional<Veto> veto(ModuleRecord module) {
            return Optional.of(new Veto(Text.of("test.veto"), lasting));
          }
        });
  }

  /** Something that an administrator does, and when the power goes. */
  record Deed(ModuleAction action, String version, String failing, int powerCutIn) {}

  @Provide
  Arbitrary<List<Deed>> deeds() {
    Arbitrary<ModuleAction> action =
        Arbitraries.of(
            ModuleAction.INSTALL,
            ModuleAction.UPDATE,
            ModuleAction.DISABLE,
            ModuleAction.ENABLE,
            ModuleAction.UNINSTALL);
    Arbitrary<String> version = Arbitraries.of("1.0.0", "1.0.0b", "2.0.0");
    Arbitrary<String> failing =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.just("")),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.of("start 2.0.0", "migrate 2.0.0", "declare 2.0.0")));
    Arbitrary<Integer> powerCut =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, Arbitraries.just(Integer.MAX_VALUE)),
            net.jqwik.api.Tuple.of(2, Arbitraries.integers().between(0, 60)));
    return Combinators.combine(action, version, failing, powerCut)
        .as(Deed::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property(tries = 400)
  void whateverIsDoneAndWheneverThePowerGoesOneVersionIsWhole(@ForAll("deeds") List<Deed> deeds) {
    // tries share an instance: each gets a world of its own
    new LifeCycleTest().liveThrough(deeds);
  }

  private void liveThrough(List<Deed> deeds) {
    for (Deed deed : deeds) {
      if (!possible(deed.action())) {
        continue;
      }
      host.fail(deed.failing());
      doom.in(deed.powerCutIn());
      try {
        String version =
            deed.action() == ModuleAction.INSTALL || deed.action() == ModuleAction.UPDATE
                ? deed.version()
                : record().digest().substring(digest("").length());
        run(deed.action(), version);
      } catch (Doom.PowerCut dark) {
        host.powerCut();
        doom.never();
        lifeCycle().reconcile();
      }
      doom.never();
      whole();
      schemaIsThatOfTheVersionsThatEverRan();
    }
  }

  /** Changes of versions that never came to their commit are gone, all others are there. */
  private void schemaIsThatOfTheVersionsThatEverRan() {
    journal
        .module("problem")
        .filter(record -> record.committedBy().isPresent())
        .map(record -> "problem " + record.version())
        .filter(change -> !committed.contains(change))
        .ifPresent(committed::add);
    assertEquals(new TreeSet<>(committed), new TreeSet<>(host.schema()));
  }

  private boolean possible(ModuleAction action) {
    Optional<Desired> desired = journal.module("problem").map(ModuleRecord::desired);
    return switch (action) {
      case INSTALL -> desired.isEmpty() || desired.get() == Desired.REMOVED;
      case UPDATE, UNINSTALL -> desired.isPresent() && desired.get() != Desired.REMOVED;
      case DISABLE -> desired.isPresent() && desired.get() == Desired.ACTIVE;
      case ENABLE -> desired.isPresent() && desired.get() == Desired.DISABLED;
      default -> false;
    };
  }

  /** What must hold whenever nothing runs. */
  private void whole() {
    assertEquals(List.of(), journal.unfinished());
    Optional<ModuleRecord> known = journal.module("problem");
    if (known.isEmpty()) {
      assertEquals(List.of(), host.hosted());
      return;
    }
    if (known.get().desired() == Desired.ACTIVE && known.get().state() == ModuleState.FAILED) {
      // what is wanted does not start: nothing of it may run, and it comes back when it can
      assertEquals(List.of(), running());
      assertTrue(host.admitted().isEmpty() && host.declared().isEmpty());
      host.fail("");
      lifeCycle().reconcile();
    }
    ModuleRecord record = record();
    boolean active = record.desired() == Desired.ACTIVE && record.state() == ModuleState.ACTIVE;
    assertTrue(host.hosted().size() <= 1, () -> "one bundle: " + host.hosted());
    assertEquals(active ? List.of(record.version()) : List.of(), running());
    assertEquals(active, host.admitted().contains("problem"));
    assertEquals(active ? 1 : 0, host.declared().size());
    switch (record.desired()) {
      case ACTIVE -> {
        assertEquals(record.location(), host.hosted().get(0).location());
        assertEquals(ModuleState.ACTIVE, record.state());
      }
      case DISABLED -> assertEquals(ModuleState.DISABLED, record.state());
      case REMOVED -> {
        assertEquals(List.of(), host.hosted());
        assertTrue(
            record.state() == ModuleState.REMOVED || record.state() == ModuleState.FAILED,
            record.state()::name);
      }
      default -> throw new AssertionError(record.desired());
    }
  }

  @Example
  void anOperationThatWasCutOffIsToldAsTakenBack() {
    run(ModuleAction.INSTALL, "1.0.0");
    keepArchive("2.0.0");
    LifeCycle.Task task = task(ModuleAction.UPDATE, "2.0.0");
    lifeCycle().begin(task);
    doom.in(12);
    try {
      lifeCycle().run(task);
    } catch (Doom.PowerCut dark) {
      host.powerCut();
    }
    doom.never();
    lifeCycle().reconcile();
    OperationRecord operation = journal.operation(task.operation()).orElseThrow();
    assertEquals(Outcome.ROLLED_BACK, operation.outcome());
    assertEquals("module.reason.interrupted", operation.error().orElseThrow().key());
    assertEquals(List.of("1.0.0"), running());
  }
}
