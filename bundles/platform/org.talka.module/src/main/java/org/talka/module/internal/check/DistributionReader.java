/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.check;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.talka.api.error.DomainException;
import org.talka.module.internal.depend.Offers;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.ManifestClause;
import org.talka.module.internal.intake.ModuleArchive;

/** Reads what a distribution of the desk offers, from its archive and without unpacking it. */
final class DistributionReader {
  private static final String SYSTEM = "system/";
  private static final String MODULES = "modules/";
  private static final String STARTUP = "etc/startup.properties";
  private static final String CORE = "org.talka.module";
  private static final long MOST_FILES = 20_000;

  /** Bytes of all modules that come with it, which are held in memory. */
  private static final int MOST_MODULES = 64 << 20;

  private final ArchiveReader reader;

  DistributionReader(ArchiveReader reader) {
    this.reader = reader;
  }

  /**
   * @param version of the desk
   * @param offers of the bundles that start with it
   * @param modules that come with it
   */
  record Distribution(String version, Offers offers, List<ModuleArchive> modules) {}

  /**
   * @param archive the {@code .tar.gz}; not closed
   * @throws DomainException INVALID when it is no distribution of the desk
   */
  Distribution read(InputStream archive) throws IOException {
    Map<String, Attributes> bundles = new HashMap<>();
    List<ModuleArchive> modules = new ArrayList<>();
    Set<String> started = new HashSet<>();
    int held = 0;
    TarEntries entries = new TarEntries(gunzip(archive));
    Optional<String> next = entries.next();
    for (long files = 0; next.isPresent(); files++, next = entries.next()) {
      if (files > MOST_FILES) {
        throw none();
      }
      // below the one folder that everything is in
      String path = next.get().substring(next.get().indexOf('/') + 1);
      if (path.equals(STARTUP)) {
        started.addAll(started(entries.content()));
      } else if (path.startsWith(SYSTEM) && path.endsWith(".jar")) {
        manifest(entries.content())
            .ifPresent(headers -> bundles.put(path.substring(SYSTEM.length()), headers));
      } else if (path.startsWith(MODULES) && path.endsWith(".jar")) {
        byte[] content = entries.content().readNBytes(MOST_MODULES - held);
        held += content.length;
        if (held >= MOST_MODULES) {
          throw none();
        }
        modules.add(reader.read(path.substring(MODULES.length()), content));
      }
    }
    bundles.keySet().retainAll(started);
    return new Distribution(version(bundles), offers(bundles), modules);
  }

  private static InputStream gunzip(InputStream archive) {
    try {
      return new GZIPInputStream(archive, 1 << 16);
    } catch (IOException other) {
      throw none();
    }
  }

  private static DomainException none() {
    return DomainException.invalid("file", "error.module.check.archive");
  }

  /** Paths in the system repository of the bundles that start with the desk. */
  private static Set<String> started(InputStream in) throws IOException {
    Properties startup = new Properties();
    startup.load(in);
    Set<String> paths = new HashSet<>();
    startup
        .stringPropertyNames()
        .forEach(address -> paths.add(address.substring(address.lastIndexOf(':') + 1)));
    return paths;
  }

  private static Optional<Attributes> manifest(InputStream jar) throws IOException {
    ZipInputStream entries = new ZipInputStream(jar);
    for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        return Optional.of(new Manifest(entries).getMainAttributes());
      }
    }
    return Optional.empty();
  }

  private static String version(Map<String, Attributes> bundles) {
    return bundles.values().stream()
        .filter(headers -> CORE.equals(headers.getValue("Bundle-SymbolicName")))
        .map(headers -> headers.getValue("Bundle-Version"))
        .findFirst()
        .orElseThrow(DistributionReader::none);
  }

  private static Offers offers(Map<String, Attributes> bundles) {
    Offers.Manifests offers = new Offers.Manifests();
    for (Attributes headers : bundles.values()) {
      offers.add(
          ManifestClause.parse(headers.getValue("Export-Package")),
          ManifestClause.parse(headers.getValue("Provide-Capability")));
    }
    return offers;
  }
}
