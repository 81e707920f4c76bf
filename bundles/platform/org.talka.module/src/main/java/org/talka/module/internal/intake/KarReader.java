/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.talka.module.internal.declare.DescriptorReader;
import org.talka.module.internal.store.Artifact;
import org.w3c.dom.Element;

/**
 * Reads a KAR: the bundles of one module in {@code repository/}, laid out as Maven lays them out,
 * and a features file that names them. Exactly one bundle describes the module; those that come
 * with it bear the same module id. What would change the server's own files is refused: {@code
 * resources/}, configuration, libraries.
 */
final class KarReader {
  private static final String REPOSITORY = "repository/";
  private static final Pattern MAVEN =
      Pattern.compile("mvn:([^/!]+)/([^/]+)/([^/]+)(?:/jar)?(?:/([^/]+))?");
  private static final Set<String> CHANGES_THE_SERVER = Set.of("config", "configfile", "library");

  private final ArchiveReader reader;

  KarReader(ArchiveReader reader) {
    this.reader = reader;
  }

  static boolean keep(String path) {
    return path.startsWith(REPOSITORY) && (path.endsWith(".jar") || isFeatures(path));
  }

  private static boolean isFeatures(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    return file.endsWith(".xml") && !file.startsWith("maven-metadata");
  }

  static boolean isKar(ArchiveEntries entries) {
    byte[] manifest = entries.contents().get(ArchiveReader.MANIFEST);
    boolean bundle =
        manifest != null && ArchiveReader.headers(manifest).getValue("Bundle-SymbolicName") != null;
    return !bundle && entries.names().stream().anyMatch(path -> path.startsWith(REPOSITORY));
  }

  private record Part(ArchiveReader.Manifest manifest, byte[] content, ArchiveEntries entries) {}

  ModuleArchive read(String name, byte[] content, ArchiveEntries entries) {
    entries.names().forEach(KarReader::expected);
    Map<String, byte[]> jars = jars(entries);
    List<Part> parts = new ArrayList<>();
    jars.values().forEach(jar -> parts.add(part(jar)));
    List<Part> mains =
        parts.stream()
            .filter(part -> part.entries().contents().containsKey(DescriptorReader.PATH))
            .toList();
    if (mains.size() != 1) {
      throw ArchiveReader.refused("error.module.archive.karMain", "n", mains.size());
    }
    Part main = mains.get(0);
    parts.remove(main);
    ModuleArchive described = reader.module(name, main.content(), main.entries());
    return together(name, content, entries, described, parts);
  }

  private static void expected(String path) {
    boolean known =
        path.startsWith(REPOSITORY) || path.startsWith("META-INF/") && !path.endsWith(".class");
    if (!known) {
      throw ArchiveReader.refused(
          "error.module.archive.karEntry", "entry", ArchiveReader.displayPath(path));
    }
  }

  /** The JARs that its features name, by path: no more and no fewer than it holds. */
  private static Map<String, byte[]> jars(ArchiveEntries entries) {
    Map<String, byte[]> held = new LinkedHashMap<>();
    Set<String> named = new TreeSet<>();
    boolean features = false;
    for (Map.Entry<String, byte[]> entry : entries.contents().entrySet()) {
      String path = entry.getKey();
      if (path.startsWith(REPOSITORY) && path.endsWith(".jar")) {
        held.put(path, entry.getValue());
      } else if (path.startsWith(REPOSITORY)) {
        features = true;
        Xml.all(Xml.read(path, entry.getValue())).forEach(element -> feature(element, named));
      }
    }
    if (!features || held.isEmpty()) {
      throw ArchiveReader.refused("error.module.archive.kar");
    }
    for (String path : named) {
      if (!held.containsKey(path)) {
        throw ArchiveReader.refused("error.module.archive.karBundle", "bundle", path);
      }
    }
    for (String path : held.keySet()) {
      if (!named.contains(path)) {
        throw ArchiveReader.refused("error.module.archive.karUnnamed", "bundle", path);
      }
    }
    return held;
  }

  private static void feature(Element element, Set<String> named) {
    String kind = Xml.name(element);
    if (CHANGES_THE_SERVER.contains(kind)) {
      throw ArchiveReader.refused("error.module.archive.karConfig", "element", kind);
    }
    if (kind.equals("bundle")) {
      named.add(path(element.getTextContent().strip()));
    }
  }

  private static String path(String address) {
    Matcher maven = MAVEN.matcher(address);
    if (!maven.matches()) {
      throw ArchiveReader.refused("error.module.archive.karBundle", "bundle", address);
    }
    String classifier = maven.group(4) == null ? "" : "-" + maven.group(4);
    return REPOSITORY
        + maven.group(1).replace('.', '/')
        + "/"
        + maven.group(2)
        + "/"
        + maven.group(3)
        + "/"
        + maven.group(2)
        + "-"
        + maven.group(3)
        + classifier
        + ".jar";
  }

  private Part part(byte[] jar) {
    ArchiveEntries entries = reader.entries(jar);
    return new Part(
        ArchiveReader.manifest(entries.contents().get(ArchiveReader.MANIFEST)), jar, entries);
  }

  private static ModuleArchive together(
      String name, byte[] content, ArchiveEntries entries, ModuleArchive main, List<Part> others) {
    List<ModuleBundle> bundles = new ArrayList<>(main.bundles());
    List<ManifestClause> exports = new ArrayList<>(main.exports());
    Set<String> packages = new TreeSet<>(main.packages());
    List<ManifestClause> imports = new ArrayList<>(main.imports());
    List<ManifestClause> requirements = new ArrayList<>(main.requirements());
    List<ManifestClause> capabilities = new ArrayList<>(main.capabilities());
    for (Part other : others) {
      check(other, main.id());
      bundles.add(ArchiveReader.bundle(other.manifest(), other.content()));
      exports.addAll(other.manifest().exports());
      packages.addAll(ArchiveReader.packages(other.manifest(), other.entries()));
      imports.addAll(other.manifest().imports());
      requirements.addAll(other.manifest().requirements());
      capabilities.addAll(other.manifest().capabilities());
    }
    if (bundles.stream().map(ModuleBundle::symbolicName).distinct().count() < bundles.size()) {
      throw ArchiveReader.refused("error.module.archive.karTwice");
    }
    Artifact artifact =
        new Artifact(
            ArchiveReader.digest(content),
            main.id(),
            main.version(),
            ArchiveReader.fileName(name, ".kar"),
            content);
    return new ModuleArchive(
        artifact,
        main.symbolicName(),
        main.title(),
        main.vendor(),
        main.descriptor(),
        ArchiveReader.fromOthers(imports, exports),
        exports,
        requirements,
        capabilities,
        main.restBases(),
        main.changeSets(),
        main.words(),
        packages,
        Seal.of(new TreeMap<>(entries.contents()), entries.digests()),
        bundles);
  }

  /** What comes with the main bundle is an API for others: no tables, no components of its own. */
  private static void check(Part other, String module) {
    ArchiveReader.Manifest manifest = other.manifest();
    if (!manifest.module().equals(module)) {
      throw ArchiveReader.refused(
          "error.module.archive.karModule",
          "bundle",
          manifest.symbolicName(),
          "module",
          manifest.module());
    }
    BundleRules.check(manifest, other.entries().names());
    Set<String> names = other.entries().names();
    boolean more =
        names.contains(PersistenceRules.PATH)
            || names.contains(ChangelogRules.PATH)
            || manifest.headers().getValue("Service-Component") != null;
    if (more) {
      throw ArchiveReader.refused("error.module.archive.karApi", "bundle", manifest.symbolicName());
    }
  }
}
