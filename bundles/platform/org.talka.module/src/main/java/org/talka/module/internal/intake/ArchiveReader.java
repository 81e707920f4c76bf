/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import org.osgi.framework.Version;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.declare.DescriptorReader;
import org.talka.module.internal.declare.DescriptorRules;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.text.Catalogues;

/**
 * Reads a module's archive without running or unpacking any of it, and refuses what no honest
 * archive has: a JAR of one bundle, or a KAR of several ({@link KarReader}), which is known by its
 * content. Every refusal is a {@link DomainException} INVALID on the field {@code file}. Looks at
 * nothing but the archive; what the desk and its administrator say to it is {@link Intake}'s.
 */
public final class ArchiveReader {
  static final String MANIFEST = "META-INF/MANIFEST.MF";

  private static final String VERSIONS = "META-INF/versions/";

  private final ArchiveLimits limits;

  public ArchiveReader(ArchiveLimits limits) {
    this.limits = limits;
  }

  /** What a bundle's manifest says, as far as it concerns modules. */
  record Manifest(
      Attributes headers,
      String module,
      String title,
      String vendor,
      String symbolicName,
      String version,
      List<ManifestClause> imports,
      List<ManifestClause> exports,
      List<ManifestClause> requirements,
      List<ManifestClause> capabilities) {}

  /**
   * @param name how its sender calls it; for display only
   */
  public ModuleArchive read(String name, byte[] content) {
    ArchiveEntries entries = entries(content);
    return KarReader.isKar(entries)
        ? new KarReader(this).read(name, content, entries)
        : module(name, content, entries);
  }

  /**
   * What is to be installed of an archive that was read before: itself, or the main bundle of a
   * KAR.
   */
  public byte[] mainBundle(byte[] content) {
    ArchiveEntries entries = entries(content);
    return KarReader.isKar(entries)
        ? new KarReader(this).read("", content, entries).bundles().get(0).content()
        : content;
  }

  ArchiveEntries entries(byte[] content) {
    if (content.length > limits.bytes()) {
      throw new DomainException(
          ErrorKind.TOO_LARGE,
          Text.of("error.module.archive.size", "limit", limits.bytes() / (1024 * 1024) + " MB"));
    }
    return ArchiveEntries.read(content, limits, ArchiveReader::keep);
  }

  private static boolean keep(String path) {
    return path.equals(MANIFEST)
        || path.startsWith("TALKA-INF/") && path.endsWith(".json")
        || path.startsWith(ComponentRules.FOLDER) && path.endsWith(".xml")
        || path.equals(ChangelogRules.PATH)
        || path.equals(PersistenceRules.PATH)
        || path.equals(Seal.LIST)
        || path.equals(Seal.SIGNATURE)
        || KarReader.keep(path);
  }

  /** The bundle that describes the module. */
  ModuleArchive module(String name, byte[] content, ArchiveEntries entries) {
    Map<String, byte[]> contents = entries.contents();
    Manifest manifest = manifest(contents.get(MANIFEST));
    BundleRules.check(manifest, entries.names());
    String id = manifest.module();
    PersistenceRules.check(contents.get(PersistenceRules.PATH), id, entries.names());
    return new ModuleArchive(
        new Artifact(digest(content), id, manifest.version(), fileName(name, ".jar"), content),
        manifest.symbolicName(),
        manifest.title(),
        manifest.vendor(),
        descriptor(contents.get(DescriptorReader.PATH), id, manifest.version()),
        fromOthers(manifest.imports(), manifest.exports()),
        manifest.exports(),
        manifest.requirements(),
        manifest.capabilities(),
        ComponentRules.restBases(contents, id),
        ChangelogRules.changeSets(contents.get(ChangelogRules.PATH), id),
        words(contents),
        packages(manifest, entries),
        Seal.of(contents, entries.digests()),
        List.of(bundle(manifest, content)));
  }

  static ModuleBundle bundle(Manifest manifest, byte[] content) {
    return new ModuleBundle(manifest.symbolicName(), manifest.version(), digest(content), content);
  }

  static Manifest manifest(byte[] bytes) {
    Attributes headers = headers(bytes);
    ManifestClause module = moduleClause(headers);
    String id = module.paths().get(0);
    String version = version(headers);
    return new Manifest(
        headers,
        id,
        module.attributes().getOrDefault("title", id),
        module.attributes().getOrDefault("vendor", ""),
        symbolicName(headers),
        version,
        clauses(headers, "Import-Package"),
        clauses(headers, "Export-Package"),
        clauses(headers, "Require-Capability"),
        clauses(headers, "Provide-Capability"));
  }

  static Attributes headers(byte[] bytes) {
    if (bytes == null) {
      throw refused("error.module.archive.manifest");
    }
    try {
      return new java.util.jar.Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException broken) {
      throw refused("error.module.archive.manifest");
    }
  }

  private static ManifestClause moduleClause(Attributes headers) {
    List<ManifestClause> clauses = clauses(headers, "Talka-Module");
    if (clauses.size() != 1) {
      throw refused("error.module.archive.header");
    }
    return clauses.get(0);
  }

  private static String version(Attributes headers) {
    try {
      return Version.parseVersion(headers.getValue("Bundle-Version")).toString();
    } catch (IllegalArgumentException broken) {
      throw refused("error.module.archive.version");
    }
  }

  private static String symbolicName(Attributes headers) {
    List<ManifestClause> clauses = clauses(headers, "Bundle-SymbolicName");
    if (clauses.size() != 1 || !"2".equals(headers.getValue("Bundle-ManifestVersion"))) {
      throw refused("error.module.archive.manifest");
    }
    return clauses.get(0).paths().get(0);
  }

  /** The packages that clauses name. */
  static Set<String> names(List<ManifestClause> clauses) {
    Set<String> names = new TreeSet<>();
    clauses.forEach(clause -> names.addAll(clause.paths()));
    return names;
  }

  /** A bundle may import what it exports itself; then it has it anyway. */
  static List<ManifestClause> fromOthers(
      List<ManifestClause> imports, List<ManifestClause> exports) {
    Set<String> own = names(exports);
    return imports.stream()
        .map(
            clause ->
                new ManifestClause(
                    clause.paths().stream().filter(name -> !own.contains(name)).toList(),
                    clause.attributes(),
                    clause.directives()))
        .filter(clause -> !clause.paths().isEmpty())
        .toList();
  }

  private static ModuleDescriptor descriptor(byte[] bytes, String id, String version) {
    if (bytes == null) {
      throw refused("error.module.archive.noDescriptor");
    }
    ModuleDescriptor descriptor;
    try {
      descriptor = DescriptorReader.read(new ByteArrayInputStream(bytes), version, true);
    } catch (IOException wrong) {
      throw refused("error.module.archive.descriptor", "reason", wrong.getMessage());
    }
    if (!id.equals(descriptor.id())) {
      throw refused(
          "error.module.archive.id", "header", id, "declared", String.valueOf(descriptor.id()));
    }
    List<FieldError> errors = DescriptorRules.check(descriptor);
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    return descriptor;
  }

  private static Map<String, Map<String, String>> words(Map<String, byte[]> entries) {
    Map<String, Map<String, String>> words = new TreeMap<>();
    entries.forEach(
        (path, bytes) -> {
          if (path.startsWith(Catalogues.FOLDER + "/")) {
            try (InputStream in = new ByteArrayInputStream(bytes)) {
              words.put(Catalogues.language(path), Catalogues.read(in));
            } catch (IOException wrong) {
              throw refused(
                  "error.module.archive.words", "file", path, "reason", wrong.getMessage());
            }
          }
        });
    return words;
  }

  /** Packages of its classes, wherever its class path finds them. */
  static Set<String> packages(Manifest manifest, ArchiveEntries entries) {
    Set<String> packages = new TreeSet<>();
    Set<String> roots = new HashSet<>(Set.of(""));
    for (ManifestClause clause : clauses(manifest.headers(), "Bundle-ClassPath")) {
      for (String path : clause.paths()) {
        String root = path.startsWith("/") ? path.substring(1) : path;
        if (entries.inner().containsKey(root)) {
          entries.inner().get(root).forEach(name -> addPackage(name, "", packages));
        } else if (!root.equals(".") && !root.isEmpty()) {
          roots.add(root.endsWith("/") ? root : root + "/");
        }
      }
    }
    entries.names().forEach(name -> roots.forEach(root -> addPackage(name, root, packages)));
    return packages;
  }

  private static void addPackage(String path, String root, Set<String> packages) {
    if (!path.startsWith(root) || !path.endsWith(".class")) {
      return;
    }
    String name = path.substring(root.length());
    if (name.startsWith(VERSIONS)) {
      name = name.substring(name.indexOf('/', VERSIONS.length()) + 1);
    }
    int end = name.lastIndexOf('/');
    if (end > 0) {
      packages.add(name.substring(0, end).replace('/', '.'));
    }
  }

  static List<ManifestClause> clauses(Attributes manifest, String header) {
    try {
      return ManifestClause.parse(manifest.getValue(header));
    } catch (IllegalArgumentException broken) {
      throw refused("error.module.archive.manifest");
    }
  }

  /** The last part of the name, without anything that could deceive a reader. */
  static String displayName(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("[^A-Za-z0-9._ -]", "_");
    return plain.length() > 196 ? plain.substring(0, 196) : plain;
  }

  /** A path inside an archive, without anything that could deceive a reader. */
  static String displayPath(String path) {
    String plain = path.replaceAll("[^A-Za-z0-9._/ -]", "_");
    return plain.length() > 200 ? plain.substring(0, 200) : plain;
  }

  /** A name that says what kind of archive it is, whatever the sender called it. */
  static String fileName(String name, String ending) {
    return displayName(name).replaceFirst("(?i)\\.(jar|kar|zip)$", "") + ending;
  }

  /** SHA-256 in lower-case hexadecimal. */
  public static String digest(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static DomainException refused(String key, Object... namesAndValues) {
    return DomainException.invalid("file", key, namesAndValues);
  }
}
