/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.ModuleOperation;
import org.talka.module.ModulePlan;
import org.talka.module.Modules;

/**
 * Installs what is dropped into {@code deploy/} of the data folder. A file is taken when its size
 * and time have not changed for two looks; beside it appears {@code <name>.result.txt}, and what
 * was refused moves to {@code deploy/rejected/}. While the module is worked on by somebody else the
 * file waits. {@code <name>.operation} holds the operation that was begun for it, so that a file
 * whose installation was cut off counts as what became of it, and a module that brings the server
 * down is not tried for ever.
 */
@Component(service = DropFolder.class, immediate = true, configurationPid = "org.talka")
public final class DropFolder {
  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final long SECONDS_BETWEEN_LOOKS = 2;
  private static final List<String> ARCHIVES = List.of(".jar", ".kar");

  /** Refusals that pass by themselves. */
  private static final Set<String> PASSING =
      Set.of("error.module.busy", "error.module.plan.stale", "error.module.starting");

  private static final String RUNS_ALREADY = "error.module.same";

  private final Path folder;
  private final Modules modules;
  private final Translator translator;
  private final Callers callers;
  private final ScheduledExecutorService looker;
  private Map<Path, Look> seen = Map.of();

  private record Look(long size, Instant changed) {}

  @Activate
  public DropFolder(
      BundleContext context,
      Map<String, Object> configuration,
      @Reference Modules modules,
      @Reference Translator translator,
      @Reference Callers callers) {
    this(folder(context, configuration), modules, translator, callers);
    looker.scheduleWithFixedDelay(
        this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  DropFolder(Path folder, Modules modules, Translator translator, Callers callers) {
    this.folder = folder;
    this.modules = modules;
    this.translator = translator;
    this.callers = callers;
    this.looker =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "talka-modules-deploy");
              thread.setDaemon(true);
              return thread;
            });
  }

  private static Path folder(BundleContext context, Map<String, Object> configuration) {
    Object configured = configuration.get("data");
    String data =
        configured instanceof String text && !text.isBlank()
            ? text
            : Optional.ofNullable(context.getProperty("talka.data")).orElse("data");
    return Path.of(data, "deploy");
  }

  @Deactivate
  void close() {
    looker.shutdownNow();
  }

  /** What became of what was dropped. */
  public DroppedFiles files() {
    return new DroppedFiles(folder);
  }

  /** One look at the folder; what is whole is installed. */
  void look() {
    try {
      if (!modules.ready()) {
        return;
      }
      Files.createDirectories(folder);
      Map<Path, Look> now = present();
      for (Map.Entry<Path, Look> file : now.entrySet()) {
        if (file.getValue().equals(seen.get(file.getKey()))) {
          take(file.getKey());
        }
      }
      seen = now;
    } catch (IOException | RuntimeException failure) {
      LOG.error("The folder {} can't be read", folder, failure);
    }
  }

  private Map<Path, Look> present() throws IOException {
    Map<Path, Look> files = new HashMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (ARCHIVES.stream().anyMatch(name::endsWith) && isThere(path)) {
          files.put(path, new Look(Files.size(path), Files.getLastModifiedTime(path).toInstant()));
        }
      }
    }
    return files;
  }

  /** A copy that has not begun is an empty file. */
  private static boolean isThere(Path path) throws IOException {
    return Files.isRegularFile(path) && Files.size(path) > 0;
  }

  /** Installs it, unless that has begun already: then says how it ended. */
  private void take(Path file) throws IOException {
    Path begun = beside(file, ".operation");
    Optional<Result> result =
        callers.as(
            callers.system("deploy"),
            () -> Files.exists(begun) ? resume(begun) : install(file, begun));
    if (result.isEmpty()) {
      LOG.debug("{} is tried again later", file.getFileName());
      return;
    }
    String said = result.get().problem().orElseGet(() -> say("module.deploy.done")).stripTrailing();
    Files.writeString(beside(file, DroppedFiles.RESULT), said + "\n", StandardCharsets.UTF_8);
    if (result.get().problem().isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      Path rejected = Files.createDirectories(folder.resolve("rejected"));
      Files.move(file, rejected.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      LOG.info("{} was not installed: {}", file.getFileName(), said);
    }
    Files.deleteIfExists(begun);
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /**
   * @param problem what went wrong; absent when the module runs
   */
  private record Result(Optional<String> problem) {
    static final Result DONE = new Result(Optional.empty());

    static Result refused(String why) {
      return new Result(Optional.of(why));
    }
  }

  /**
   * Absent when it is to be tried again: somebody else works on the module, or has changed the desk
   * between plan and operation.
   */
  private Optional<Result> install(Path file, Path begun) {
    try (InputStream in = Files.newInputStream(file)) {
      ModulePlan plan = modules.planUpload(file.getFileName().toString(), in, Locale.ENGLISH);
      if (!plan.blockers().isEmpty()) {
        return Optional.of(
            Result.refused(
                plan.blockers().stream()
                    .map(blocker -> blocker.message() + " " + blocker.remedy())
                    .collect(Collectors.joining("\n"))));
      }
      String operation = modules.apply(plan.id());
      // when the server is stopped now, the next one knows that this was tried
      Files.writeString(begun, operation, StandardCharsets.UTF_8);
      return ended(await(operation));
    } catch (DomainException refused) {
      if (RUNS_ALREADY.equals(refused.text().key())) {
        return Optional.of(Result.DONE);
      }
      boolean later =
          refused.kind() == ErrorKind.UNAVAILABLE || PASSING.contains(refused.text().key());
      return later ? Optional.empty() : Optional.of(Result.refused(say(refused)));
    } catch (IOException unreadable) {
      return Optional.of(Result.refused(say("error.module.upload")));
    }
  }

  /** The server stopped, or the database was away, while the operation ran. */
  private Optional<Result> resume(Path begun) {
    try {
      String operation = Files.readString(begun, StandardCharsets.UTF_8).strip();
      return ended(modules.operation(operation, Locale.ENGLISH));
    } catch (DomainException gone) {
      return gone.kind() == ErrorKind.UNAVAILABLE
          ? Optional.empty()
          : Optional.of(Result.refused(say("module.deploy.cut")));
    } catch (IOException unreadable) {
      return Optional.of(Result.refused(say("module.deploy.cut")));
    }
  }

  private static Optional<Result> ended(ModuleOperation operation) {
    return switch (operation.state()) {
      case "running" -> Optional.empty();
      case "succeeded" -> Optional.of(Result.DONE);
      default -> Optional.of(Result.refused(operation.error().orElse(operation.state())));
    };
  }

  private ModuleOperation await(String operation) {
    while (true) {
      ModuleOperation now = modules.operation(operation, Locale.ENGLISH);
      if (!now.state().equals("running")) {
        return now;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return now;
      }
    }
  }

  private String say(DomainException refused) {
    return refused.fieldErrors().isEmpty()
        ? translator.translate(refused.text(), Locale.ENGLISH)
        : refused.fieldErrors().stream()
            .map(error -> where(error) + translator.translate(error.message(), Locale.ENGLISH))
            .collect(Collectors.joining("\n"));
  }

  /** What is wrong with the file as a whole needs no more words than that. */
  private static String where(FieldError error) {
    return error.field().equals("file") ? "" : error.field() + ": ";
  }

  private String say(String key) {
    return translator.translate(Text.of(key), Locale.ENGLISH) + "\n";
  }
}
