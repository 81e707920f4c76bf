/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.text.Text;
import org.talka.module.ModuleData;
import org.talka.module.internal.intake.Changelogs;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.life.Records;
import org.talka.module.internal.life.StepFailure;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.Journal;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.store.OperationRecord;
import org.talka.persistence.Tables;

/**
 * The records of modules in all places that keep any, and their exports in the folder {@code
 * exports} of the data folder. Exports stay until an administrator deletes the file.
 */
@Component(
    service = {Records.class, ModuleRecords.class},
    configurationPid = "org.talka",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class ModuleRecords implements Records {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleRecords.class);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** How long an export that came from outside is kept. */
  private static final Duration KEEP_RECEIVED = Duration.ofDays(30);

  /** Characters of a digest that tell two archives apart. */
  private static final int EDITION = 8;

  /** Operations that are looked through at a time. */
  private static final int PAGE = 200;

  /** The most that is received as one export. */
  public static final long MOST_BYTES = 4L << 30;

  private final Path folder;
  private final Journal journal;
  private final Intake intake;
  private final Holds holds;
  private final Transactions transactions;
  private final OwnTables tables;
  private final List<ModuleData> places = new ArrayList<>();
  private final Clock clock = Clock.systemUTC();
  private final Map<Seen, Optional<Export>> described = new ConcurrentHashMap<>();

  /** A file as it was when it was described. */
  private record Seen(Path file, long bytes, FileTime changed) {}

  /** Of the desk's configuration. */
  public @interface Config {
    /** The data folder. */
    String data() default "data";
  }

  /**
   * @param others places of others; the desk is not complete without one
   */
  @Activate
  public ModuleRecords(
      Config config,
      @Reference Journal journal,
      @Reference Intake intake,
      @Reference Holds holds,
      @Reference Transactions transactions,
      @Reference Tables tables,
      @Reference(
              cardinality = ReferenceCardinality.AT_LEAST_ONE,
              policyOption = ReferencePolicyOption.GREEDY)
          List<ModuleData> others) {
    this(Path.of(config.data()), journal, intake, holds, transactions, tables, others);
  }

  ModuleRecords(
      Path data,
      Journal journal,
      Intake intake,
      Holds holds,
      Transactions transactions,
      Tables tables,
      List<ModuleData> others) {
    this.folder = data.resolve("exports");
    this.journal = journal;
    this.intake = intake;
    this.holds = holds;
    this.transactions = transactions;
    this.tables =
        new OwnTables(tables, () -> journal.modules().stream().map(ModuleRecord::id).toList());
    places.addAll(others);
    places.add(this.tables);
  }

  /**
   * An export that is kept.
   *
   * @param file its name
   * @param digest SHA-256 of the file
   * @param counts kind to how many records
   */
  public record Export(
      String file,
      String module,
      String version,
      Instant made,
      String by,
      long bytes,
      String digest,
      Map<String, Long> counts) {}

  @Override
  public Optional<Text> hold(String module) {
    return holds
        .of(module)
        .map(hold -> Text.of("module.blocker.hold", "by", hold.heldBy(), "reason", hold.reason()));
  }

  @Override
  public Map<String, Long> counts(String module) {
    return flat(count(module));
  }

  private Map<String, Map<String, Long>> count(String module) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (ModuleData place : places) {
      Map<String, Long> there = new TreeMap<>(place.count(module));
      there.values().removeIf(n -> n == 0);
      counts.put(place.name(), there);
    }
    return counts;
  }

  private static Map<String, Long> flat(Map<String, Map<String, Long>> counts) {
    Map<String, Long> flat = new LinkedHashMap<>();
    counts.forEach((place, kinds) -> kinds.forEach((kind, n) -> flat.put(place + "/" + kind, n)));
    return flat;
  }

  private Path part(String operation, String module) {
    return folder.resolve(module + "-" + operation + ".part");
  }

  @Override
  public void export(String operation, ModuleRecord module, String actor) {
    Artifact archive =
        journal
            .artifact(module.digest())
            .orElseThrow(() -> new StepFailure(Text.of("error.module.artifact")));
    ExportFile.Head head =
        new ExportFile.Head(
            module.id(),
            module.version(),
            module.digest(),
            module.titles(),
            clock.instant().toString(),
            actor);
    try {
      ExportFile.write(
          part(operation, module.id()),
          head,
          writer -> {
            writer.entry(ExportFile.ARCHIVE + name(archive), out -> out.write(archive.content()));
            for (Artifact other : earlier(module)) {
              // two editions of one version have one name
              writer.entry(
                  ExportFile.EARLIER + other.digest().substring(0, EDITION) + "-" + name(other),
                  out -> out.write(other.content()));
            }
            Map<String, Map<String, Long>> counts = count(module.id());
            for (ModuleData place : places) {
              place.export(module.id(), writer.place(place.name()));
            }
            return counts;
          });
    } catch (IOException | UncheckedIOException e) {
      throw failed("error.module.export", e);
    }
  }

  private static String name(Artifact archive) {
    String kind = archive.name().endsWith(".kar") ? ".kar" : ".jar";
    return archive.module() + "-" + archive.version() + kind;
  }

  /**
   * Other archives that have run here: whoever went back to an older one has kept the tables of the
   * newer, and its change log alone knows how to make them.
   */
  private List<Artifact> earlier(ModuleRecord module) {
    Map<String, Artifact> found = new TreeMap<>();
    Optional<OperationRecord> last = Optional.empty();
    do {
      List<OperationRecord> page = journal.operations(last, PAGE);
      page.stream()
          .filter(operation -> operation.module().equals(module.id()))
          .map(OperationRecord::digest)
          .filter(digest -> !digest.equals(module.digest()))
          .distinct()
          .flatMap(digest -> journal.artifact(digest).stream())
          .filter(other -> other.module().equals(module.id()))
          .forEach(other -> found.putIfAbsent(other.digest(), other));
      last = page.size() < PAGE ? Optional.empty() : Optional.of(page.get(page.size() - 1));
    } while (last.isPresent());
    return List.copyOf(found.values());
  }

  private static StepFailure failed(String key, Exception e) {
    LOG.warn("Records of a module: {}", key, e);
    return new StepFailure(Text.of(key, "reason", String.valueOf(e.getMessage())), e);
  }

  @Override
  public void verify(String operation, String module) {
    Path part = part(operation, module);
    try {
      ExportFile.Manifest manifest;
      try (ExportFile export = ExportFile.open(part)) {
        export.verify();
        manifest = export.manifest();
        compare(manifest);
      }
      Path kept = kept(manifest);
      // first, so that an end in between leaves no export that nobody knows of
      Files.writeString(note(operation, module), kept.getFileName().toString());
      Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
        parent.force(true);
      } catch (IOException notHere) {
        LOG.debug("This file system does not let a folder be synchronised", notHere);
      }
    } catch (IOException | UncheckedIOException e) {
      throw failed("error.module.export.damaged", e);
    }
  }

  /** Which export belongs to an operation that has not ended. */
  private Path note(String operation, String module) {
    return folder.resolve(module + "-" + operation + ".kept");
  }

  private Path kept(ExportFile.Manifest manifest) {
    String name =
        manifest.module()
            + "-"
            + manifest.version()
            + "-"
            + TIME.format(Instant.parse(manifest.made()));
    Path file = folder.resolve(name + ".zip");
    for (int n = 2; Files.exists(file); n++) {
      file = folder.resolve(name + "-" + n + ".zip");
    }
    return file;
  }

  private void compare(ExportFile.Manifest manifest) {
    Map<String, Map<String, Long>> here = count(manifest.module());
    if (!here.equals(manifest.counts())) {
      LOG.warn("Exported {}, but there is {}", manifest.counts(), here);
      throw new StepFailure(Text.of("error.module.export.changed"));
    }
  }

  @Override
  public void agree(String operation, String module) {
    hold(module)
        .ifPresent(
            hold -> {
              throw new StepFailure(hold);
            });
    try {
      Path file = folder.resolve(Files.readString(note(operation, module)));
      try (ExportFile export = ExportFile.open(file)) {
        compare(export.manifest());
      }
    } catch (IOException e) {
      throw failed("error.module.export.damaged", e);
    }
  }

  @Override
  public void revoke(String operation, String module) {
    Path note = note(operation, module);
    try {
      if (Files.exists(note)) {
        // it has got its name already
        Files.deleteIfExists(folder.resolve(Files.readString(note)));
      }
    } catch (IOException e) {
      LOG.warn("An export that is of no use stays", e);
    }
    discard(operation, module);
  }

  @Override
  public void discard(String operation, String module) {
    try {
      Files.deleteIfExists(part(operation, module));
      Files.deleteIfExists(note(operation, module));
    } catch (IOException e) {
      LOG.warn("An export that is of no use stays", e);
    }
  }

  @Override
  public void erase(String module) {
    places.forEach(place -> place.purge(module));
    Map<String, Long> left = counts(module);
    if (!left.isEmpty()) {
      LOG.warn("Of module {} stays {}", module, left);
      throw new StepFailure(Text.of("error.module.purge.left"));
    }
  }

  /** Exports that are kept here, the latest first. */
  public List<Export> exports() {
    List<Export> exports = new ArrayList<>();
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      for (Path file : files.filter(f -> f.toString().endsWith(".zip")).toList()) {
        describe(file).ifPresent(exports::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    described.keySet().removeIf(seen -> !Files.exists(seen.file()));
    exports.sort((a, b) -> b.made().compareTo(a.made()));
    return exports;
  }

  /** Reading a file to its end for its digest is done once, not for every look at the list. */
  private Optional<Export> describe(Path file) {
    try {
      Seen now = new Seen(file, Files.size(file), Files.getLastModifiedTime(file));
      return described.computeIfAbsent(now, seen -> read(seen.file()));
    } catch (IOException gone) {
      LOG.debug("{} went while it was looked at", file, gone);
      return Optional.empty();
    }
  }

  private static Optional<Export> read(Path file) {
    try (ExportFile export = ExportFile.open(file)) {
      ExportFile.Manifest manifest = export.manifest();
      return Optional.of(
          new Export(
              file.getFileName().toString(),
              manifest.module(),
              manifest.version(),
              Instant.parse(manifest.made()),
              String.valueOf(manifest.by()),
              Files.size(file),
              ExportFile.digest(file),
              flat(manifest.counts())));
    } catch (IOException | UncheckedIOException | java.time.DateTimeException e) {
      LOG.warn("{} is no export", file, e);
      return Optional.empty();
    }
  }

  /**
   * The file of an export.
   *
   * @throws DomainException NOT_FOUND
   */
  public Path file(String name) {
    if (name.matches("[a-z][A-Za-z0-9.+_-]*\\.zip") && !name.contains("..")) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw DomainException.notFound("error.module.export.unknown");
  }

  private Path received(String digest) {
    return folder.resolve("received").resolve(digest + ".zip");
  }

  /**
   * Takes in a file.
   *
   * @return its SHA-256
   * @throws DomainException TOO_LARGE
   */
  public String receive(InputStream in) throws IOException {
    Path incoming = folder.resolve("received");
    Files.createDirectories(incoming);
    tidy(incoming, Instant.now().minus(KEEP_RECEIVED));
    Path part = Files.createTempFile(incoming, "incoming-", ".part");
    try {
      try (var out = Files.newOutputStream(part)) {
        byte[] buffer = new byte[1 << 16];
        long sum = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          sum += n;
          if (sum > MOST_BYTES) {
            throw DomainException.of(ErrorKind.TOO_LARGE, "error.module.export.large");
          }
          out.write(buffer, 0, n);
        }
      }
      String digest = ExportFile.digest(part);
      Files.move(part, received(digest), StandardCopyOption.REPLACE_EXISTING);
      return digest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Removes what was received before; whoever sent it has it still. */
  static void tidy(Path incoming, Instant before) throws IOException {
    try (Stream<Path> files = Files.list(incoming)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Path export(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw DomainException.notFound("error.module.export.unknown");
    }
    if (Files.isRegularFile(received(digest))) {
      return received(digest);
    }
    return exports().stream()
        .filter(export -> export.digest().equals(digest))
        .map(export -> folder.resolve(export.file()))
        .findFirst()
        .orElseThrow(() -> DomainException.notFound("error.module.export.unknown"));
  }

  @Override
  public Inspection inspect(String digest) {
    Path file = export(digest);
    try (ExportFile export = ExportFile.open(file)) {
      export.verify();
      ExportFile.Manifest manifest = export.manifest();
      return new Inspection(
          manifest.module(),
          manifest.version(),
          manifest.digest(),
          manifest.titles(),
          flat(manifest.counts()),
          conflicts(export));
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("An export is refused", e);
      throw DomainException.invalid(
          "file", "error.module.export.invalid", "reason", String.valueOf(e.getMessage()));
    }
  }

  private List<Text> conflicts(ExportFile export) throws IOException {
    ExportFile.Manifest manifest = export.manifest();
    List<Text> conflicts = new ArrayList<>();
    archive(export).ifPresent(conflicts::add);
    for (String place : manifest.counts().keySet()) {
      if (places.stream().noneMatch(known -> known.name().equals(place))) {
        conflicts.add(Text.of("module.conflict.place", "place", place));
      }
    }
    if (!counts(manifest.module()).isEmpty()) {
      conflicts.add(Text.of("module.conflict.present"));
    }
    for (ModuleData place : places) {
      conflicts.addAll(place.conflicts(manifest.module(), export.place(place.name())));
    }
    return conflicts;
  }

  /** What is wrong with the module's archive in it. */
  private Optional<Text> archive(ExportFile export) throws IOException {
    Map.Entry<String, byte[]> kept = export.archive();
    ExportFile.Manifest manifest = export.manifest();
    ModuleArchive archive = intake.reader().read(kept.getKey(), kept.getValue());
    for (Map.Entry<String, byte[]> other : export.earlier().entrySet()) {
      ModuleArchive earlier = intake.reader().read(other.getKey(), other.getValue());
      Optional<Text> objection = intake.objection(earlier);
      if (!earlier.id().equals(manifest.module()) || objection.isPresent()) {
        return objection.or(() -> Optional.of(Text.of("module.conflict.archive")));
      }
    }
    if (!archive.id().equals(manifest.module())
        || !archive.digest().equals(manifest.digest())
        || !archive.version().equals(manifest.version())) {
      return Optional.of(Text.of("module.conflict.archive"));
    }
    return intake.objection(archive);
  }

  @Override
  public void bring(String digest) {
    try (ExportFile export = ExportFile.open(export(digest))) {
      export.verify();
      String module = export.manifest().module();
      Map.Entry<String, byte[]> kept = export.archive();
      ModuleArchive archive = intake.reader().read(kept.getKey(), kept.getValue());
      List<byte[]> changelogs = new ArrayList<>(Changelogs.of(archive).stream().toList());
      for (Map.Entry<String, byte[]> other : export.earlier().entrySet()) {
        Changelogs.of(intake.reader().read(other.getKey(), other.getValue()))
            .ifPresent(changelogs::add);
      }
      tables.create(module, changelogs, export.place(tables.name()));
      transactions.required(
          () -> {
            for (ModuleData place : places) {
              try {
                place.bring(module, export.place(place.name()));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
            compare(export.manifest());
            return null;
          });
      journal.store(archive.artifact(), clock.instant());
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw failed("error.module.import", e);
    }
  }
}
