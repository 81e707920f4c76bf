/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.ModuleState;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.TestJar;
import org.talka.module.internal.text.Words;

/** Modules that need modules: top needs left and right, which need base. */
@Timeout(30)
class ModuleNeedsTest {
  private static final Locale EN = Locale.ENGLISH;

  private final Doom doom = new Doom();
  private MemoryJournal journal = new MemoryJournal(doom);
  private JarHost host = new JarHost();
  private final List<String> audited = Collections.synchronizedList(new ArrayList<>());
  private Path home;
  private ModuleService modules;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    home = folder;
    offer(
        module("base", "1.0.0"),
        module("left", "1.0.0", "base"),
        module("right", "1.0.0", "base"),
        module("top", "1.0.0", "left", "right"),
        module("hen", "1.0.0", "egg"),
        module("egg", "1.0.0", "nest"),
        module("nest", "1.0.0", "hen"),
        module("lonely", "1.0.0", "nobody"));
    start();
  }

  private void start() {
    modules =
        TestService.start(
            home,
            journal,
            host,
            new DeclarationRegistry(new Words()),
            new Notes(),
            new TestService.Patience());
    await(modules::ready);
  }

  @AfterEach
  void stop() {
    modules.stop();
  }

  private static TestJar module(String id, String version, String... needs) {
    StringBuilder requirements = new StringBuilder("talka.platform");
    for (String need : needs) {
      requirements.append(
          ",talka.module;filter:=\"(&(talka.module=" + need + ")(version>=1)(!(version>=2)))\"");
    }
    return TestJar.module(id)
        .header("Bundle-Version", version)
        .header("Require-Capability", requirements.toString())
        .header(
            "Provide-Capability",
            "talka.module;talka.module=" + id + ";version:Version=" + version);
  }

  private void offer(TestJar... jars) throws Exception {
    Path folder = Files.createDirectories(home.resolve("modules"));
    StringBuilder digests = new StringBuilder();
    int n = 0;
    for (TestJar jar : jars) {
      byte[] bytes = jar.bytes();
      Files.write(folder.resolve(n + ".jar"), bytes);
      digests.append(ArchiveReader.digest(bytes) + "  " + n++ + ".jar\n");
    }
    Files.writeString(folder.resolve("digests.sha256"), digests.toString());
  }

  private final class Notes implements Audit {
    @Override
    public void record(String action, String object, Map<String, String> details) {
      recordAlways(action, object, details);
    }

    @Override
    public void recordAlways(String action, String object, Map<String, String> details) {
      audited.add(action + " " + object);
    }
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

  private ModulePlan plan(ModuleAction action, String module) {
    return modules.plan(action, module, Optional.empty(), EN);
  }

  private ModuleOperation apply(ModulePlan plan) {
    String operation = modules.apply(plan.id());
    await(() -> !modules.operation(operation, EN).state().equals("running"));
    return modules.operation(operation, EN);
  }

  private void install(String module) {
    assertEquals("succeeded", apply(plan(ModuleAction.INSTALL, module)).state());
  }

  private ModuleState state(String module) {
    return modules.module(module, EN).state();
  }

  private void awaitState(ModuleState state, String... ids) {
    for (String id : ids) {
      await(() -> state(id) == state);
    }
  }

  private static List<String> also(ModulePlan plan) {
    return plan.also().stream().map(other -> other.action() + " " + other.module()).toList();
  }

  private List<String> blockers(ModulePlan plan) {
    return plan.blockers().stream().map(ModulePlan.Blocker::message).toList();
  }

  @Test
  void bringsWhatIsNeededInOnePlanEachAfterItsOwnNeeds() {
    ModulePlan plan = plan(ModuleAction.INSTALL, "top");
    assertEquals(List.of("install base", "install left", "install right"), also(plan));
    assertEquals(List.of(), plan.blockers());
    assertEquals("succeeded", apply(plan).state());
    for (String module : List.of("base", "left", "right", "top")) {
      assertEquals(ModuleState.ACTIVE, state(module), module);
      // written down a moment after the operation has ended
      await(() -> audited.contains("module.install.succeeded module:" + module));
    }
  }

  @Test
  void refusesModulesThatNeedEachOtherInACircleAndNamesIt() {
    ModulePlan plan = plan(ModuleAction.INSTALL, "hen");
    assertEquals(List.of("module.blocker.circle"), blockers(plan));
    assertThrows(DomainException.class, () -> modules.apply(plan.id()));
    assertEquals(List.of(), host.hosted());
  }

  @Test
  void saysWhichModuleNobodyHas() {
    assertEquals(List.of("module.blocker.module"), blockers(plan(ModuleAction.INSTALL, "lonely")));
  }

  @Test
  void takesBackWhatCameBeforeAModuleThatFails() {
    host.failing = "top";
    ModuleOperation failed = apply(plan(ModuleAction.INSTALL, "top"));
    assertEquals("rolledBack", failed.state());
    awaitState(ModuleState.REMOVED, "base", "left", "right");
    await(() -> host.hosted().isEmpty());
  }

  @Test
  void allOrNoneOfThemAreHereWheneverThePowerGoes() {
    int ticks = 0;
    boolean whole = false;
    while (!whole) {
      modules.stop();
      journal = new MemoryJournal(doom);
      host = new JarHost();
      start();
      ModulePlan plan = plan(ModuleAction.INSTALL, "left");
      doom.in(ticks++);
      try {
        String operation = modules.apply(plan.id());
        await(() -> doom.struck() || !modules.operation(operation, EN).state().equals("running"));
      } catch (Doom.PowerCut gone) {
        // it had not begun
      }
      boolean struck = doom.struck();
      modules.stop();
      doom.never();
      start();
      List<ModuleState> states =
          modules.list(EN).stream().map(module -> module.state()).distinct().toList();
      whole = states.equals(List.of(ModuleState.ACTIVE)) && modules.list(EN).size() == 2;
      boolean none = states.stream().noneMatch(ModuleState.ACTIVE::equals);
      assertTrue(whole || none, "cut off after " + ticks + " writes: " + modules.list(EN));
      assertTrue(struck || whole, "nothing kept it from coming");
    }
  }

  @Test
  void takesBackEverythingWhenWhatIsNeededFailsAndSaysWhy() {
    host.failing = "right";
    ModuleOperation failed = apply(plan(ModuleAction.INSTALL, "top"));
    assertEquals("rolledBack", failed.state());
    assertEquals("module.reason.precursor", failed.error().orElseThrow());
    awaitState(ModuleState.REMOVED, "base", "left");
    await(() -> host.hosted().isEmpty());
    assertThrows(DomainException.class, () -> modules.module("top", EN));
  }

  @Test
  void letsThoseThatNeedAModuleWaitAndBringsThemBackWithIt() {
    install("top");
    ModulePlan plan = plan(ModuleAction.DISABLE, "base");
    assertEquals(List.of("top", "right", "left"), plan.affects());
    assertTrue(plan.summary().contains("module.note.wait"), plan.summary());
    assertEquals("succeeded", apply(plan).state());
    assertEquals(ModuleState.DISABLED, state("base"));
    for (String waiting : List.of("left", "right", "top")) {
      assertEquals(ModuleState.WAITING, state(waiting));
      assertEquals("module.reason.needs", modules.module(waiting, EN).reason().orElseThrow());
    }
    assertTrue(host.hosted().stream().noneMatch(ModuleHost.Hosted::running));

    assertEquals("succeeded", apply(plan(ModuleAction.ENABLE, "base")).state());
    awaitState(ModuleState.ACTIVE, "left", "right", "top");
  }

  @Test
  void letsThemWaitBeforeAModuleIsUninstalled() {
    install("left");
    assertEquals("succeeded", apply(plan(ModuleAction.UNINSTALL, "base")).state());
    assertEquals(ModuleState.WAITING, state("left"));
    ModulePlan again = plan(ModuleAction.ENABLE, "left");
    assertEquals(List.of("install base"), also(again));
    install("base");
    awaitState(ModuleState.ACTIVE, "left");
  }

  @Test
  void enablesWhatIsDisabledTogetherWithTheModuleThatNeedsIt() {
    install("left");
    apply(plan(ModuleAction.DISABLE, "base"));
    ModulePlan plan = plan(ModuleAction.ENABLE, "left");
    assertEquals(List.of("enable base"), also(plan));
    assertEquals("succeeded", apply(plan).state());
    assertEquals(ModuleState.ACTIVE, state("base"));
    awaitState(ModuleState.ACTIVE, "left");
  }

  @Test
  void refusesAnUpdateThatAnotherModuleWouldNotGetAlongWith() {
    install("left");
    byte[] next = module("base", "2.0.0").bytes();
    ModulePlan plan = modules.planUpload("base.jar", new ByteArrayInputStream(next), EN);
    assertEquals(List.of("module.blocker.outgrown"), blockers(plan));
  }

  @Test
  void letsThoseThatNeedItPauseDuringAnUpdate() {
    install("top");
    byte[] next = module("base", "1.5.0").bytes();
    ModulePlan plan = modules.planUpload("base.jar", new ByteArrayInputStream(next), EN);
    assertEquals(List.of(), plan.blockers());
    assertEquals(List.of("top", "right", "left"), plan.affects());
    assertEquals("succeeded", apply(plan).state());
    awaitState(ModuleState.ACTIVE, "base", "left", "right", "top");
    assertEquals(4, host.hosted().stream().filter(ModuleHost.Hosted::running).count());
  }

  @Test
  void startsModulesAfterWhatTheyNeedWhenTheServerStarts() {
    install("top");
    stop();
    host.restart();
    start();
    awaitState(ModuleState.ACTIVE, "base", "left", "right", "top");
    List<String> started = host.started;
    assertTrue(started.indexOf("base") < started.indexOf("left"), started::toString);
    assertTrue(started.indexOf("left") < started.indexOf("top"), started::toString);
    assertTrue(started.indexOf("right") < started.indexOf("top"), started::toString);
  }

  @Test
  void letsAModuleWaitAtTheStartWhoseNeedDoesNotStart() {
    install("left");
    stop();
    host.restart();
    host.failing = "base";
    start();
    assertEquals(ModuleState.FAILED, state("base"));
    assertEquals(ModuleState.WAITING, state("left"));
    host.failing = "";
    assertEquals("succeeded", apply(plan(ModuleAction.ENABLE, "base")).state());
    awaitState(ModuleState.ACTIVE, "left");
  }

  @Test
  void letsThoseThatNeedAModuleWaitWhenItIsTakenOutOfService() {
    install("left");
    modules.quarantine("base", Text.of("test.harm"));
    awaitState(ModuleState.QUARANTINED, "base");
    awaitState(ModuleState.WAITING, "left");
    await(() -> released("base"));
    awaitState(ModuleState.ACTIVE, "base", "left");
  }

  private boolean released(String module) {
    try {
      modules.release(module);
      return true;
    } catch (DomainException busy) {
      assertEquals("error.module.busy", busy.text().key());
      return false;
    }
  }

  /** A module with a bundle of API beside it. */
  private ModulePlan withApi(String version, String content) {
    byte[] api =
        TestJar.module("fuel")
            .header("Bundle-SymbolicName", "org.talka.fuel.api")
            .header("Bundle-Version", "1.0.0")
            .entry("README", content)
            .without("TALKA-INF/module.json")
            .bytes();
    byte[] kar =
        TestJar.kar(Map.of("fuel", module("fuel", version).bytes(), "fuel-api", api)).bytes();
    return modules.planUpload("m.kar", new ByteArrayInputStream(kar), EN);
  }

  private void succeed(ModulePlan plan) {
    assertEquals("succeeded", apply(plan).state());
  }

  private static List<String> ofTheApi(ModulePlan plan) {
    return plan.bundles().stream()
        .filter(change -> change.bundle().equals("org.talka.fuel.api"))
        .map(ModulePlan.BundleChange::change)
        .toList();
  }

  @Test
  void leavesAnApiAsItIsWhileItsContentDoesNotChange() {
    ModulePlan first = withApi("1.0.0", "one");
    assertEquals(List.of("install"), ofTheApi(first));
    succeed(first);
    List<ModuleHost.Hosted> before = host.apis("fuel");
    assertEquals(1, before.size());
    ModulePlan second = withApi("1.1.0", "one");
    assertEquals(List.of(), ofTheApi(second));
    succeed(second);
    assertEquals(before, host.apis("fuel"));
    ModulePlan third = withApi("1.2.0", "other");
    assertEquals(List.of("install", "uninstall", "refresh"), ofTheApi(third));
    succeed(third);
    assertEquals(1, host.apis("fuel").size());
    assertTrue(!before.equals(host.apis("fuel")));
    succeed(plan(ModuleAction.UNINSTALL, "fuel"));
    assertEquals(List.of(), host.apis("fuel"));
  }

  @Test
  void bringsTheApiOfTheVersionBeforeBack() {
    succeed(withApi("1.0.0", "one"));
    String before = host.apis("fuel").get(0).location();
    host.failing = "fuel 1.1.0";
    assertEquals("rolledBack", apply(withApi("1.1.0", "other")).state());
    assertEquals(1, host.apis("fuel").size());
    assertEquals(before, host.apis("fuel").get(0).location());
    assertEquals(ModuleState.ACTIVE, state("fuel"));
  }

  @Test
  void installsAnApiAgainWhenTheFrameworkHasLostIt() {
    succeed(withApi("1.0.0", "one"));
    String before = host.apis("fuel").get(0).location();
    stop();
    host.loseBundles();
    start();
    assertEquals(before, host.apis("fuel").get(0).location());
    awaitState(ModuleState.ACTIVE, "fuel");
  }
}
