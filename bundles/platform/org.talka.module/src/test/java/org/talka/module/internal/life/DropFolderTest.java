/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;
import org.talka.module.internal.text.Words;

class DropFolderTest {
  private final List<String> arrived = new ArrayList<>();
  private final Deque<DomainException> refusals = new ArrayDeque<>();
  private String outcome = "succeeded";
  private Path folder;
  private DropFolder drop;

  @BeforeEach
  void open(@TempDir Path data) {
    folder = data.resolve("deploy");
    drop = new DropFolder(folder, modules(), new Words(), new Anybody());
    drop.look();
  }

  @AfterEach
  void close() {
    drop.close();
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      drop.look();
    }
  }

  @Test
  void isThereForTheFirstFile() {
    assertTrue(Files.isDirectory(folder));
  }

  @Test
  void installsAFileThatIsWholeAndSaysSoBesideIt() throws Exception {
    Files.writeString(folder.resolve("problem.jar"), "sound");
    look(2);
    assertEquals(List.of("problem.jar sound"), arrived);
    assertFalse(Files.exists(folder.resolve("problem.jar")));
    assertEquals("module.deploy.done\n", read("problem.jar.result.txt"));
  }

  @Test
  void waitsForAFileThatStillGrows() throws Exception {
    Path file = folder.resolve("problem.jar");
    Files.writeString(file, "so");
    look(1);
    Files.writeString(file, "sound");
    look(1);
    assertEquals(List.of(), arrived);
    look(1);
    assertEquals(List.of("problem.jar sound"), arrived);
  }

  @Test
  void putsARefusedFileAsideWithTheReason() throws Exception {
    Files.writeString(folder.resolve("garbage.jar"), "hello");
    Files.writeString(folder.resolve("notes.txt"), "left alone");
    look(3);
    assertTrue(Files.exists(folder.resolve("rejected/garbage.jar")));
    assertTrue(Files.exists(folder.resolve("notes.txt")));
    assertEquals("error.module.archive.zip\n", read("garbage.jar.result.txt"));
    assertEquals(1, arrived.size(), "it is not tried again");
  }

  @Test
  void waitsWhileSomebodyElseWorksOnTheModule() throws Exception {
    refusals.add(DomainException.conflict("error.module.busy"));
    refusals.add(DomainException.conflict("error.module.plan.stale"));
    Files.writeString(folder.resolve("problem.jar"), "sound");
    look(3);
    assertEquals(2, arrived.size());
    assertTrue(Files.exists(folder.resolve("problem.jar")));
    assertFalse(Files.exists(folder.resolve("problem.jar.result.txt")));
    look(1);
    assertFalse(Files.exists(folder.resolve("problem.jar")));
    assertEquals("module.deploy.done\n", read("problem.jar.result.txt"));
  }

  @Test
  void countsWhatRunsAlreadyAsDone() throws Exception {
    Files.writeString(folder.resolve("problem.jar"), "runs");
    look(2);
    assertEquals("module.deploy.done\n", read("problem.jar.result.txt"));
    assertFalse(Files.exists(folder.resolve("rejected/problem.jar")));
  }

  @Test
  void countsAFileWhoseInstallationWasCutOffAsWhatBecameOfIt() throws Exception {
    Files.writeString(folder.resolve("problem.jar"), "sound");
    Files.writeString(folder.resolve("problem.jar.operation"), "operation");
    outcome = "running";
    look(2);
    assertTrue(Files.exists(folder.resolve("problem.jar")), "it is put right at this moment");
    outcome = "succeeded";
    look(1);
    assertEquals(List.of(), arrived, "it is not installed twice");
    assertEquals("module.deploy.done\n", read("problem.jar.result.txt"));
    assertFalse(Files.exists(folder.resolve("problem.jar")));
    assertFalse(Files.exists(folder.resolve("problem.jar.operation")));
  }

  @Test
  void doesNotTryAFileForEverThatWasTakenBackWhenItWasCutOff() throws Exception {
    Files.writeString(folder.resolve("problem.jar"), "sound");
    Files.writeString(folder.resolve("problem.jar.operation"), "operation");
    outcome = "rolledBack";
    look(2);
    assertEquals(List.of(), arrived);
    assertTrue(Files.exists(folder.resolve("rejected/problem.jar")));
    assertEquals("rolledBack\n", read("problem.jar.result.txt"));
  }

  @Test
  void waitsForAFileThatIsStillEmpty() throws Exception {
    Files.writeString(folder.resolve("problem.jar"), "");
    look(3);
    assertEquals(List.of(), arrived);
    assertTrue(Files.exists(folder.resolve("problem.jar")));
  }

  private String read(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }

  /** Takes what says that it is sound. */
  private Modules modules() {
    return (Modules)
        Proxy.newProxyInstance(
            DropFolderTest.class.getClassLoader(),
            new Class<?>[] {Modules.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "ready" -> true;
                  case "planUpload" -> plan((String) args[0], (InputStream) args[1]);
                  case "apply" -> apply();
                  case "operation" -> operation();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private String apply() {
    if (!refusals.isEmpty()) {
      throw refusals.pop();
    }
    return "operation";
  }

  private ModulePlan plan(String name, InputStream in) throws Exception {
    String content = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    arrived.add(name + " " + content);
    if (content.equals("runs")) {
      throw DomainException.conflict("error.module.same");
    }
    if (!content.equals("sound")) {
      throw DomainException.invalid("file", "error.module.archive.zip");
    }
    return new ModulePlan(
        "plan",
        "install",
        "problem",
        Optional.empty(),
        Optional.of("1"),
        "",
        List.of(),
        new ModulePlan.Adds(List.of(), List.of(), List.of(), List.of(), List.of()),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private ModuleOperation operation() {
    return new ModuleOperation(
        "operation",
        "problem",
        "install",
        outcome,
        List.of(),
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        "deploy",
        Optional.empty());
  }

  private static final class Anybody implements Callers {
    @Override
    public Caller current() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T as(Caller caller, Supplier<T> work) {
      return work.get();
    }

    @Override
    public Caller system(String moduleId) {
      return (Caller)
          Proxy.newProxyInstance(
              DropFolderTest.class.getClassLoader(),
              new Class<?>[] {Caller.class},
              (proxy, method, args) -> null);
    }
  }
}
