/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.ModuleState;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.TestJar;
import org.talka.module.internal.text.Words;

@Timeout(20)
class ModuleServiceTest {
  private static final Locale EN = Locale.ENGLISH;
  private final Doom doom = new Doom();
  private final MemoryJournal journal = new MemoryJournal(doom);
  private final JarHost host = new JarHost();
  private final DeclarationRegistry registry = new DeclarationRegistry(new Words());
  private final List<String> audited = Collections.synchronizedList(new ArrayList<>());
  private final List<String> reasons = Collections.synchronizedList(new ArrayList<>());
  private final TestService.Patience patience = new TestService.Patience();
  private ModuleService modules;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    Path folder = Files.createDirectories(home.resolve("modules"));
    byte[] offered = TestJar.module("problem").bytes();
    byte[] changed = TestJar.module("change").bytes();
    Files.write(folder.resolve("problem.jar"), offered);
    Files.write(folder.resolve("change.jar"), changed);
    Files.writeString(
        folder.resolve("digests.sha256"),
        ArchiveReader.digest(offered) + "  problem.jar\n" + "0".repeat(64) + "  change.jar\n");
    modules = TestService.start(home, journal, host, registry, new Notes(), patience);
    await(modules::ready);
  }

  @AfterEach
  void stop() {
    modules.stop();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError("waited 20 s in vain");
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  private ModulePlan plan(ModuleAction action) {
    return modules.plan(action, "problem", Optional.empty(), EN);
  }

  private ModuleOperation done(String operation) {
    await(() -> !modules.operation(operation, EN).state().equals("running"));
    return modules.operation(operation, EN);
  }

  private static void refused(ErrorKind kind, String key, Runnable work) {
    DomainException refused = assertThrows(DomainException.class, work::run);
    assertEquals(kind + " " + key, refused.kind() + " " + refused.text().key());
  }

  @Test
  void offersOnlyWhatHasTheDigestItWasBuiltWith() {
    assertEquals(List.of("problem"), modules.catalogue(EN).stream().map(m -> m.id()).toList());
  }

  @Test
  void installsWhatWasPlannedAndSaysSo() {
    ModulePlan plan = plan(ModuleAction.INSTALL);
    assertTrue(host.hosted().isEmpty(), "a plan has no side effects");
    ModuleOperation operation = done(modules.apply(plan.id()));
    assertEquals("succeeded", operation.state());
    assertEquals(1, host.hosted().size());
    assertEquals("up", modules.module("problem", EN).health());
    assertTrue(audited.contains("module.install.started module:problem"));
    await(() -> audited.contains("module.install.succeeded module:problem"));
  }

  @Test
  void refusesAPlanThatTheSystemHasOvertaken() {
    ModulePlan plan = plan(ModuleAction.INSTALL);
    host.platform = 2;
    refused(ErrorKind.CONFLICT, "error.module.plan.stale", () -> modules.apply(plan.id()));
    assertTrue(host.hosted().isEmpty());
  }

  @Test
  void takesAPlanThoughAnotherModuleMovesMeanwhile() {
    ModulePlan plan = plan(ModuleAction.INSTALL);
    registry.changed("other", "ACTIVE");
    assertEquals("succeeded", done(modules.apply(plan.id())).state());
  }

  @Test
  void refusesAPlanThatWouldNowSaySomethingElse() {
    ModulePlan plan = plan(ModuleAction.INSTALL);
    host.missing =
        List.of(new Missing(Text.of("module.blocker.package"), Text.of("module.remedy.package")));
    refused(ErrorKind.CONFLICT, "error.module.plan.stale", () -> modules.apply(plan.id()));
  }

  private void update(String version) {
    byte[] next = TestJar.module("problem").header("Bundle-Version", version).bytes();
    await(this::free);
    assertEquals(
        "succeeded",
        done(modules.apply(modules.planUpload("p.jar", new ByteArrayInputStream(next), EN).id()))
            .state());
    await(this::free);
  }

  @Test
  void takesNothingForAFaultThatComesOfTheServersOwnEnd() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    update("2.0.0");
    patience.stopping = true;
    host.ailment = Optional.of(Text.of("module.reason.stopped"));
    host.ailing = "2.0.0";
    int before = host.asked;
    Instant later = Instant.now().plusMillis(1500);
    await(() -> Instant.now().isAfter(later));
    assertEquals(before, host.asked, "nobody looks for faults any more");
    assertEquals("2.0.0", modules.module("problem", EN).version());
  }

  @Test
  void goesBackByItselfWhenANewVersionDoesNotProveItself() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    update("2.0.0");
    host.ailment = Optional.of(Text.of("test.ill"));
    host.ailing = "2.0.0";
    await(() -> modules.module("problem", EN).version().equals("1.2.3"));
    await(this::free);
    assertEquals("module.reason.unproven", modules.module("problem", EN).reason().orElseThrow());
    assertTrue(audited.contains("module.rollback.succeeded module:problem"));
    assertEquals(1, host.hosted().size());
  }

  @Test
  void doesNotGoBackToWhatRanBeforeTheModuleWasRemoved() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    update("2.0.0");
    done(modules.apply(plan(ModuleAction.UNINSTALL).id()));
    update("3.0.0");
    host.ailment = Optional.of(Text.of("test.ill"));
    host.ailing = "3.0.0";
    int before = host.asked;
    await(() -> host.asked > before + 3);
    await(this::free);
    assertEquals("3.0.0", modules.module("problem", EN).version());
  }

  @Test
  void leavesAVersionThatHasProvedItself() {
    patience.grace = 0;
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    update("2.0.0");
    await(() -> journal.module("problem").orElseThrow().probationUntil().isEmpty());
    assertEquals(
        Optional.of("1.2.3"), modules.module("problem", EN).previousVersion(), "the way back");
  }

  @Test
  void makesContractChangesAfterTheGracePeriodAndSaysSo() {
    patience.grace = 0;
    host.pending = List.of(new ModuleHost.Change("9-drop", "drops", true, false));
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    await(() -> !host.contracted.isEmpty());
    await(() -> audited.contains("module.contract.succeeded module:problem"));
    assertEquals(Optional.empty(), modules.module("problem", EN).previousVersion());
  }

  @Test
  void takesAModuleOutAndLetsItInAgain() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    await(this::free);
    modules.quarantine("problem", Text.of("test.harm"));
    await(() -> modules.module("problem", EN).state() == ModuleState.QUARANTINED);
    await(this::free);
    assertEquals(Optional.of("test.harm"), modules.module("problem", EN).reason());
    assertFalse(host.hosted().get(0).running());
    await(() -> letsIn("problem"));
    await(() -> modules.module("problem", EN).state() == ModuleState.ACTIVE);
    await(this::free);
    refused(ErrorKind.CONFLICT, "error.module.state.release", () -> modules.release("problem"));
  }

  @Test
  void putsRightWhatTheDatabaseCutOffWhileTheServerRuns() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    await(this::free);
    journal.begin(
        "cut-off",
        "problem",
        ModuleAction.DISABLE,
        journal.module("problem").orElseThrow().digest(),
        "admin",
        Instant.now(),
        List.of("commit"));
    await(() -> modules.operation("cut-off", EN).state().equals("rolledBack"));
    assertEquals(ModuleState.ACTIVE, modules.module("problem", EN).state());
  }

  @Test
  void letsNothingOvertakeWhatTheDatabaseCutOff() {
    ModulePlan plan = plan(ModuleAction.INSTALL);
    journal.begin(
        "cut-off",
        "problem",
        ModuleAction.INSTALL,
        "0",
        "admin",
        Instant.now(),
        List.of("install"));
    refused(ErrorKind.CONFLICT, "error.module.busy", () -> modules.apply(plan.id()));
  }

  @Test
  void refusesToApplyAPlanTwice() {
    ModulePlan plan = plan(ModuleAction.INSTALL);
    done(modules.apply(plan.id()));
    await(
        () -> {
          DomainException refused =
              assertThrows(DomainException.class, () -> modules.apply(plan.id()));
          return refused.text().key().equals("error.module.plan.applied");
        });
  }

  @Test
  void refusesAPlanWithBlockersAndNamesThem() {
    host.missing =
        List.of(new Missing(Text.of("module.blocker.package"), Text.of("module.remedy.package")));
    ModulePlan plan = plan(ModuleAction.INSTALL);
    assertEquals("module.blocker.package", plan.blockers().get(0).message());
    refused(ErrorKind.CONFLICT, "error.module.plan.blocked", () -> modules.apply(plan.id()));
  }

  @Test
  void refusesActionsThatTheStateDoesNotAllow() {
    refused(ErrorKind.NOT_FOUND, "error.module.unknown", () -> plan(ModuleAction.DISABLE));
    refused(ErrorKind.UNAVAILABLE, "error.module.records", () -> plan(ModuleAction.PURGE));
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    refused(ErrorKind.CONFLICT, "error.module.state.install", () -> plan(ModuleAction.INSTALL));
    refused(ErrorKind.CONFLICT, "error.module.state.enable", () -> plan(ModuleAction.ENABLE));
    refused(ErrorKind.CONFLICT, "error.module.noPrevious", () -> plan(ModuleAction.ROLLBACK));
    refused(ErrorKind.CONFLICT, "error.module.same", () -> plan(ModuleAction.UPDATE));
  }

  @Test
  void saysWhichVersionIsNotHere() {
    refused(
        ErrorKind.NOT_FOUND,
        "error.module.version",
        () -> modules.plan(ModuleAction.INSTALL, "problem", Optional.of("9.9.9"), EN));
    refused(
        ErrorKind.NOT_FOUND,
        "error.module.unknown",
        () -> modules.plan(ModuleAction.INSTALL, "nobody", Optional.of("9.9.9"), EN));
  }

  @Test
  void takesNoOlderVersionForAnUpdateUnlessItIsAskedFor() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    await(this::free);
    byte[] next = TestJar.module("problem").header("Bundle-Version", "2.0.0").bytes();
    done(modules.apply(modules.planUpload("p.jar", new ByteArrayInputStream(next), EN).id()));
    refused(ErrorKind.CONFLICT, "error.module.newest", () -> plan(ModuleAction.UPDATE));
    ModulePlan back = modules.plan(ModuleAction.UPDATE, "problem", Optional.of("1.2.3"), EN);
    assertEquals(Optional.of("1.2.3"), back.to());
  }

  @Test
  void refusesToRestartOthersWithAModule() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    host.strangers = List.of("org.talka.rest");
    ModulePlan plan = plan(ModuleAction.UNINSTALL);
    assertEquals("module.blocker.user", plan.blockers().get(0).message());
    refused(ErrorKind.CONFLICT, "error.module.plan.blocked", () -> modules.apply(plan.id()));
  }

  @Test
  void auditsAnArchiveThatItRefuses() {
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> modules.planUpload("evil.jar", new ByteArrayInputStream(new byte[] {1, 2}), EN));
    assertEquals(ErrorKind.INVALID, refused.kind());
    assertEquals(List.of("module.refused archive:evil.jar"), audited);
    assertEquals(List.of("error.module.archive.zip"), reasons, "in words, not as a record");
  }

  @Test
  void refusesAnArchiveUnderTheNameOfABundleOfTheDesk() {
    byte[] jar =
        TestJar.module("problem").header("Bundle-SymbolicName", "org.talka.core.x").bytes();
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> modules.planUpload("p.jar", new ByteArrayInputStream(jar), EN));
    assertEquals("error.module.archive.name", refused.fieldErrors().get(0).message().key());
  }

  @Test
  void updatesByUploadAndGoesBack() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    byte[] next = TestJar.module("problem").header("Bundle-Version", "2.0.0").bytes();
    ModulePlan plan = modules.planUpload("p.jar", new ByteArrayInputStream(next), EN);
    assertEquals("update", plan.action());
    assertEquals(Optional.of("1.2.3"), plan.from());
    assertEquals(Optional.of("2.0.0"), plan.to());
    assertTrue(plan.summary().contains("module.note.unsigned"));
    await(() -> free());
    assertEquals("succeeded", done(modules.apply(plan.id())).state());
    assertEquals("2.0.0", modules.module("problem", EN).version());
    assertEquals(Optional.of("1.2.3"), modules.module("problem", EN).previousVersion());
    await(() -> free());
    assertEquals("succeeded", done(modules.apply(plan(ModuleAction.ROLLBACK).id())).state());
    assertEquals("1.2.3", modules.module("problem", EN).version());
  }

  @Test
  void saysWhoVouchesForAModule() {
    ModulePlan offered = plan(ModuleAction.INSTALL);
    assertEquals("FIRST_PARTY", offered.signature().orElseThrow().verdict());
    done(modules.apply(offered.id()));
    assertEquals("FIRST_PARTY", modules.module("problem", EN).signature().orElseThrow().verdict());
    byte[] next = TestJar.module("problem").header("Bundle-Version", "2.0.0").bytes();
    ModulePlan upload = modules.planUpload("p.jar", new ByteArrayInputStream(next), EN);
    assertEquals("UNSIGNED", upload.signature().orElseThrow().verdict());
    assertEquals(Optional.empty(), plan(ModuleAction.DISABLE).signature());
  }

  @Test
  void refusesToGoBackToAnOlderVersionByUpload() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    byte[] older = TestJar.module("problem").header("Bundle-Version", "1.0.0").bytes();
    ModulePlan plan = modules.planUpload("p.jar", new ByteArrayInputStream(older), EN);
    assertEquals("module.blocker.older", plan.blockers().get(0).message());
    refused(ErrorKind.CONFLICT, "error.module.plan.blocked", () -> modules.apply(plan.id()));
  }

  @Test
  void asksForConsentWhenAnUpdateWantsMore() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    byte[] next =
        TestJar.module("problem")
            .header("Bundle-Version", "2.0.0")
            .entry("TALKA-INF/module.json", "{\"id\":\"problem\",\"wants\":[\"http\"]}")
            .bytes();
    ModulePlan plan = modules.planUpload("p.jar", new ByteArrayInputStream(next), EN);
    assertEquals(List.of("module.wants.http"), plan.consent());
    refused(ErrorKind.CONFLICT, "error.module.consent", () -> modules.apply(plan.id()));
    assertEquals("succeeded", done(modules.apply(plan.id(), Optional.empty(), true)).state());
    assertTrue(audited.contains("module.consented module:problem"));
    byte[] third =
        TestJar.module("problem")
            .header("Bundle-Version", "3.0.0")
            .entry("TALKA-INF/module.json", "{\"id\":\"problem\",\"wants\":[\"http\"]}")
            .bytes();
    assertEquals(
        List.of(),
        modules.planUpload("p.jar", new ByteArrayInputStream(third), EN).consent(),
        "that was agreed to");
  }

  @Test
  void refusesAnUpdateUnderAnotherSymbolicName() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    byte[] other =
        TestJar.module("problem").header("Bundle-SymbolicName", "com.example.problem").bytes();
    DomainException refused =
        assertThrows(
            DomainException.class,
            () -> modules.planUpload("p.jar", new ByteArrayInputStream(other), EN));
    assertEquals("error.module.archive.otherName", refused.fieldErrors().get(0).message().key());
  }

  /** The worker has let go of the module: its audit entry is the last thing it writes. */
  /** An operation that has ended still counts for a moment as one that runs. */
  private boolean letsIn(String module) {
    try {
      modules.release(module);
      return true;
    } catch (DomainException busy) {
      assertEquals("error.module.busy", busy.text().key());
      return false;
    }
  }

  @Test
  void takesAModuleOutThatIsBeingWorkedOn() {
    // asked for while the installation is on its way, and not lost
    String operation = modules.apply(plan(ModuleAction.INSTALL).id());
    modules.quarantine("problem", Text.of("test.harm"));
    done(operation);
    await(() -> modules.module("problem", EN).state() == ModuleState.QUARANTINED);
  }

  private boolean free() {
    long started = audited.stream().filter(a -> a.contains(".started")).count();
    long ended = audited.stream().filter(a -> a.contains(".succeeded")).count();
    return started == ended;
  }

  @Test
  void listsWhatWasDonePageByPage() {
    done(modules.apply(plan(ModuleAction.INSTALL).id()));
    assertEquals(1, modules.operations(10, Optional.empty(), EN).items().size());
    assertFalse(modules.operations(10, Optional.empty(), EN).next().isPresent());
    refused(
        ErrorKind.MALFORMED,
        "error.module.cursor",
        () -> modules.operations(10, Optional.of("forged"), EN));
  }

  private final class Notes implements Audit {
    @Override
    public void record(String action, String object, Map<String, String> details) {
      recordAlways(action, object, details);
    }

    @Override
    public void recordAlways(String action, String object, Map<String, String> details) {
      audited.add(action + " " + object);
      if (details.containsKey("reason")) {
        reasons.add(details.get("reason"));
      }
    }
  }
}
