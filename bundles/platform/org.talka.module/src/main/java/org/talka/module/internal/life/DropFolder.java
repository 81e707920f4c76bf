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
 * was refused moves to {@code deploy/rejected/}.
 */
@Component(service = DropFolder.class, immediate = true, configurationPid = "org.talka")
public final class DropFolder {
  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final long SECONDS_BETWEEN_LOOKS = 2;
  private static final List<String> ARCHIVES = List.of(".jar", ".kar");

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

  /** One look at the folder; what is whole is installed. */
  void look() {
    try {
      if (!modules.ready()) {
        return;
      }
      Files.createDirectories(folder);
      Map<Path, Look> now = files();
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

  private Map<Path, Look> files() throws IOException {
    Map<Path, Look> files = new HashMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        if (ARCHIVES.stream().anyMatch(name::endsWith) && Files.isRegularFile(path)) {
          files.put(path, new Look(Files.size(path), Files.getLastModifiedTime(path).toInstant()));
        }
      }
    }
    return files;
  }

  private void take(Path file) throws IOException {
    Optional<String> problem = callers.as(callers.system("deploy"), () -> install(file));
    Path result = file.resolveSibling(file.getFileName() + ".result.txt");
    if (problem.isEmpty()) {
      Files.writeString(result, say("module.deploy.done"), StandardCharsets.UTF_8);
      Files.deleteIfExists(file);
    } else {
      Files.writeString(result, problem.get() + "\n", StandardCharsets.UTF_8);
      Path rejected = Files.createDirectories(folder.resolve("rejected"));
      Files.move(file, rejected.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      LOG.info("{} was not installed: {}", file.getFileName(), problem.get());
    }
  }

  /** What went wrong; absent when the module runs. */
  private Optional<String> install(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      ModulePlan plan = modules.planUpload(file.getFileName().toString(), in, Locale.ENGLISH);
      if (!plan.blockers().isEmpty()) {
        return Optional.of(
            plan.blockers().stream()
                .map(blocker -> blocker.message() + " " + blocker.remedy())
                .collect(Collectors.joining("\n")));
      }
      ModuleOperation ended = await(modules.apply(plan.id()));
      return ended.state().equals("succeeded")
          ? Optional.empty()
          : Optional.of(ended.error().orElse(ended.state()));
    } catch (DomainException refused) {
      return Optional.of(say(refused));
    } catch (IOException unreadable) {
      return Optional.of(say("error.module.upload"));
    }
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
