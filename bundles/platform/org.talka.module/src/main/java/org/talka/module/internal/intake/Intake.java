/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.module.internal.store.Artifact;

/**
 * The one way into the desk for a module's archive, whichever door it comes through: sound in
 * itself, no rival to the platform, and vouched for as the administrator demands ({@code
 * trust.mode} of {@code org.talka.module}; keys in {@code trust/} of the data folder). Any thread;
 * refusals are {@link org.talka.api.error.DomainException}s INVALID on the field {@code file}.
 */
@Component(
    service = Intake.class,
    configurationPid = {"org.talka", "org.talka.module"})
public final class Intake implements Trust {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** How many archives' seals are remembered: what runs and what it ran before. */
  private static final int REMEMBERED = 200;

  private final ArchiveReader reader = new ArchiveReader(ArchiveLimits.STANDARD);
  private final Catalogue catalogue;
  private final TrustFolder trusted;
  private final PlatformPackages platform;
  private final Map<String, Sealed> seals = remembering();
  private volatile TrustMode mode;

  private record Sealed(String module, Seal seal) {}

  @Activate
  public Intake(BundleContext context, Map<String, Object> configuration) {
    this(
        Path.of(Optional.ofNullable(context.getProperty("karaf.home")).orElse("."), "modules"),
        folder(context, configuration),
        TrustMode.of(configuration.get("trust.mode")),
        new FrameworkPackages(context));
  }

  /**
   * @param modules folder of the modules that came with the distribution
   * @param trust folder of the keys that are trusted; made if it is not there
   */
  public Intake(Path modules, Path trust, TrustMode mode, PlatformPackages platform) {
    this.catalogue = new Catalogue(modules, reader);
    this.trusted = new TrustFolder(trust);
    this.mode = mode;
    this.platform = platform;
    try {
      Files.createDirectories(trust);
    } catch (IOException notWritable) {
      LOG.warn("The trust folder {} can't be made", trust, notWritable);
    }
  }

  private static Path folder(BundleContext context, Map<String, Object> configuration) {
    Object configured = configuration.get("data");
    String data =
        configured instanceof String text && !text.isBlank()
            ? text
            : Optional.ofNullable(context.getProperty("talka.data")).orElse("data");
    return Path.of(data, "trust");
  }

  private static Map<String, Sealed> remembering() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Sealed> eldest) {
            return size() > REMEMBERED;
          }
        });
  }

  /** The mode counts from the next archive on. */
  @Modified
  void modified(Map<String, Object> configuration) {
    mode = TrustMode.of(configuration.get("trust.mode"));
  }

  /** Reads archives that were taken before. */
  public ArchiveReader reader() {
    return reader;
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /**
   * Takes an archive that comes from outside.
   *
   * @param name how its sender calls it; for display only
   */
  public ModuleArchive accept(String name, byte[] content) {
    ModuleArchive archive = reader.read(name, content);
    noRival(archive);
    objection(archive)
        .ifPresent(
            why -> {
              throw DomainException.invalid(List.of(new FieldError("file", why)));
            });
    return archive;
  }

  private void noRival(ModuleArchive archive) {
    Set<String> offered = platform.names();
    for (String export : archive.exportedPackages()) {
      if (offered.contains(export)) {
        throw ArchiveReader.refused("error.module.archive.exportPlatform", "package", export);
      }
    }
    for (String held : archive.packages()) {
      if (offered.contains(held)) {
        throw ArchiveReader.refused("error.module.archive.holdsPlatform", "package", held);
      }
    }
  }

  /**
   * An update comes from where the module came from: the same bundle, and the same key if it was
   * signed.
   *
   * @param before what is or was here under this id
   */
  public void checkSuccessor(ModuleArchive archive, Artifact before) {
    read(before).ifPresent(known -> checkSuccessor(archive, known));
  }

  /** Absent when it was taken by an earlier version of the desk, under other rules. */
  private Optional<ModuleArchive> read(Artifact stored) {
    try {
      return Optional.of(reader.read(stored.name(), stored.content()));
    } catch (DomainException otherRules) {
      LOG.warn("Module {} was taken under other rules", stored.module(), otherRules);
      return Optional.empty();
    }
  }

  private void checkSuccessor(ModuleArchive archive, ModuleArchive known) {
    if (!known.symbolicName().equals(archive.symbolicName())) {
      throw ArchiveReader.refused(
          "error.module.archive.otherName",
          "module",
          archive.id(),
          "name",
          archive.symbolicName(),
          "before",
          known.symbolicName());
    }
    Assessment then = verify(known);
    Assessment now = verify(archive);
    boolean signedByOther =
        then.verdict() == Verdict.SIGNED
            && now.verdict() != Verdict.FIRST_PARTY
            && !(now.verdict() == Verdict.SIGNED && now.key().equals(then.key()));
    if (signedByOther) {
      throw ArchiveReader.refused(
          "error.module.archive.otherSigner", "module", archive.id(), "maker", then.maker());
    }
  }

  @Override
  public Assessment verify(ModuleArchive archive) {
    seals.put(archive.digest(), new Sealed(archive.id(), archive.seal()));
    return verify(archive.digest(), archive.id(), archive.seal());
  }

  /**
   * Whose a stored archive is; reads it only the first time.
   *
   * @param stored is asked when it was not read yet
   */
  public Optional<Assessment> verify(String digest, Supplier<Optional<Artifact>> stored) {
    Sealed sealed = seals.get(digest);
    return sealed != null
        ? Optional.of(verify(digest, sealed.module(), sealed.seal()))
        : stored.get().flatMap(this::read).map(this::verify);
  }

  private Assessment verify(String digest, String module, Seal seal) {
    return catalogue.holds(digest)
        ? Assessment.of(Verdict.FIRST_PARTY)
        : trusted.verify(seal, module);
  }

  /** Why this archive is not run here, as far as its maker is concerned; absent when it may be. */
  public Optional<Text> objection(ModuleArchive archive) {
    Assessment assessment = verify(archive);
    boolean refused =
        assessment.verdict().isForged()
            || mode == TrustMode.REQUIRE && !assessment.verdict().isTrusted();
    return refused ? Optional.of(assessment.refusal()) : Optional.empty();
  }

  /** What the administrator is told about its maker before installing it. */
  public Optional<Text> warning(ModuleArchive archive) {
    Assessment assessment = verify(archive);
    return mode == TrustMode.OFF || assessment.verdict().isTrusted()
        ? Optional.empty()
        : Optional.of(assessment.warning());
  }
}
