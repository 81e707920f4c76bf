/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.osgi.framework.Version;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.declare.DescriptorReader;
import org.talka.module.internal.declare.DescriptorRules;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.text.Catalogues;

/**
 * Reads a module's archive without running or unpacking any of it, and refuses what no honest
 * archive has. Every refusal is a {@link DomainException} INVALID on the field {@code file}.
 */
public final class ArchiveReader {
  static final String MANIFEST = "META-INF/MANIFEST.MF";

  private static final String CHANGELOG = "META-INF/db/changelog.xml";

  private static final Pattern TABLE = Pattern.compile("[tT]ableName\\s*=\\s*[\"']([^\"']*)[\"']");
  private static final Pattern DS_PROPERTY =
      Pattern.compile("<property\\s[^>]*?name=\"(osgi\\.jakartars\\.[a-z.]+)\"[^>]*?>");
  private static final Pattern DS_VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");
  private static final Pattern CHANGE_SET =
      Pattern.compile(
          "<changeSet\\s[^>]*?\\bid=\"([^\"]+)\"[^>]*>(?:\\s*<comment>([^<]*)</comment>)?");

  private final ArchiveLimits limits;

  public ArchiveReader(ArchiveLimits limits) {
    this.limits = limits;
  }

  /**
   * @param name how its sender calls it; for display only
   */
  public ModuleArchive read(String name, byte[] content) {
    if (content.length > limits.bytes()) {
      throw new DomainException(
          ErrorKind.TOO_LARGE,
          org.talka.api.text.Text.of(
              "error.module.archive.size", "limit", limits.bytes() / (1024 * 1024) + " MB"));
    }
    if (name.toLowerCase(Locale.ROOT).endsWith(".kar")) {
      throw refused("error.module.archive.kar");
    }
    Map<String, byte[]> entries = entries(content);
    Attributes manifest = manifest(entries.get(MANIFEST));
    return archive(name, content, entries, manifest);
  }

  /** What is needed of the entries, all of them counted and their names checked. */
  private Map<String, byte[]> entries(byte[] content) {
    Path file = null;
    try {
      // what the framework will see is the archive's directory, not what stands before the entries
      file = Files.createTempFile("talka-intake", ".jar");
      Files.write(file, content);
      try (ZipFile zip = new ZipFile(file.toFile())) {
        return entries(zip, content.length);
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw refused("error.module.archive.zip");
    } finally {
      delete(file);
    }
  }

  private Map<String, byte[]> entries(ZipFile zip, int compressed) throws IOException {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    long expanded = 0;
    long described = 0;
    if (zip.size() > limits.entries()) {
      throw refused("error.module.archive.entries", "limit", limits.entries());
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String path = entry.getName();
      contained(path);
      if (!names.add(path.toLowerCase(Locale.ROOT))) {
        throw refused("error.module.archive.twice", "entry", displayName(path));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        expanded += expand(in, limits.expanded(compressed) - expanded, keep(path) ? bytes : null);
        if (keep(path)) {
          described += bytes.size();
          kept.put(path, bytes.toByteArray());
        }
      }
      if (described > limits.described()) {
        throw refused("error.module.archive.bomb");
      }
    }
    if (names.isEmpty()) {
      throw refused("error.module.archive.zip");
    }
    return kept;
  }

  private static void delete(Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException stays) {
        file.toFile().deleteOnExit();
      }
    }
  }

  private static boolean keep(String path) {
    return path.equals(MANIFEST)
        || path.startsWith("TALKA-INF/") && path.endsWith(".json")
        || path.startsWith("OSGI-INF/") && path.endsWith(".xml")
        || path.equals(CHANGELOG);
  }

  /** Counts the bytes without holding those that nobody wants: they may be more than the memory. */
  private long expand(InputStream zip, long rest, ByteArrayOutputStream wanted) throws IOException {
    byte[] some = new byte[8192];
    long size = 0;
    for (int read = zip.read(some); read >= 0; read = zip.read(some)) {
      size += read;
      if (size > rest || wanted != null && size > limits.described()) {
        throw refused("error.module.archive.bomb");
      }
      if (wanted != null) {
        wanted.write(some, 0, read);
      }
    }
    return size;
  }

  private static void contained(String path) {
    boolean climbs =
        path.isEmpty()
            || path.startsWith("/")
            || path.contains("\\")
            || path.contains(":")
            || path.chars().anyMatch(c -> c < ' ')
            || List.of(path.split("/")).contains("..")
            || List.of(path.split("/")).contains(".");
    if (climbs) {
      throw refused("error.module.archive.path");
    }
  }

  private static Attributes manifest(byte[] bytes) {
    if (bytes == null) {
      throw refused("error.module.archive.manifest");
    }
    try {
      return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
    } catch (IOException broken) {
      throw refused("error.module.archive.manifest");
    }
  }

  private ModuleArchive archive(
      String name, byte[] content, Map<String, byte[]> entries, Attributes manifest) {
    ManifestClause module = moduleClause(manifest);
    String id = module.paths().get(0);
    String version = version(manifest);
    String symbolicName = symbolicName(manifest);
    List<ManifestClause> imports = clauses(manifest, "Import-Package");
    List<ManifestClause> requirements = clauses(manifest, "Require-Capability");
    wiring(manifest, id, symbolicName, imports);
    return new ModuleArchive(
        new Artifact(digest(content), id, version, displayName(name), content),
        symbolicName,
        module.attributes().getOrDefault("title", id),
        module.attributes().getOrDefault("vendor", ""),
        descriptor(entries.get(DescriptorReader.PATH), id, version),
        imports,
        requirements,
        restBases(entries, id),
        changeSets(entries.get(CHANGELOG), id),
        words(entries));
  }

  private static ManifestClause moduleClause(Attributes manifest) {
    List<ManifestClause> clauses = clauses(manifest, "Talka-Module");
    if (clauses.size() != 1) {
      throw refused("error.module.archive.header");
    }
    return clauses.get(0);
  }

  private static String version(Attributes manifest) {
    try {
      return Version.parseVersion(manifest.getValue("Bundle-Version")).toString();
    } catch (IllegalArgumentException broken) {
      throw refused("error.module.archive.version");
    }
  }

  private static String symbolicName(Attributes manifest) {
    List<ManifestClause> clauses = clauses(manifest, "Bundle-SymbolicName");
    if (clauses.size() != 1 || !"2".equals(manifest.getValue("Bundle-ManifestVersion"))) {
      throw refused("error.module.archive.manifest");
    }
    return clauses.get(0).paths().get(0);
  }

  /** A module must not be able to disturb what others are wired to. */
  private static void wiring(
      Attributes manifest, String id, String symbolicName, List<ManifestClause> imports) {
    if (manifest.getValue("Fragment-Host") != null) {
      throw refused("error.module.archive.fragment");
    }
    if (manifest.getValue("DynamicImport-Package") != null) {
      throw refused("error.module.archive.dynamic");
    }
    if (manifest.getValue("Require-Bundle") != null) {
      throw refused("error.module.archive.requireBundle");
    }
    for (ManifestClause clause : imports) {
      if ("optional".equals(clause.directives().get("resolution"))) {
        throw refused("error.module.archive.optional", "package", clause.paths().get(0));
      }
    }
    for (ManifestClause clause : clauses(manifest, "Export-Package")) {
      for (String exported : clause.paths()) {
        if (!isApiPackage(exported, id, symbolicName)) {
          throw refused("error.module.archive.export", "package", exported, "module", id);
        }
      }
    }
  }

  private static boolean isApiPackage(String exported, String id, String symbolicName) {
    String own = symbolicName.endsWith(".api") ? symbolicName : symbolicName + ".api";
    return exported.equals(own)
        || exported.startsWith(own + ".")
        || exported.endsWith("." + id.replace('-', '.') + ".api");
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

  /** Its own application under its own path, and nothing in anybody else's. */
  private static List<String> restBases(Map<String, byte[]> entries, String id) {
    List<String> bases = new ArrayList<>();
    entries.forEach(
        (path, bytes) -> {
          if (path.startsWith("OSGI-INF/")) {
            Matcher property = DS_PROPERTY.matcher(new String(bytes, StandardCharsets.UTF_8));
            while (property.find()) {
              Matcher value = DS_VALUE.matcher(property.group());
              if (value.find()) {
                check(property.group(1), value.group(1), id, bases);
              }
            }
          }
        });
    return List.copyOf(bases);
  }

  private static void check(String property, String value, String id, List<String> bases) {
    if (property.equals("osgi.jakartars.application.base")) {
      String base = value.startsWith("/") ? value.substring(1) : value;
      if (!base.equals(id) && !base.startsWith(id + "/")) {
        throw refused("error.module.archive.rest", "path", value, "module", id);
      }
      bases.add(base);
    }
    if (property.equals("osgi.jakartars.application.select") && !value.contains("=" + id + ")")) {
      throw refused("error.module.archive.application", "application", value);
    }
  }

  private static Map<String, String> changeSets(byte[] bytes, String id) {
    Map<String, String> found = new LinkedHashMap<>();
    if (bytes != null) {
      String changelog = new String(bytes, StandardCharsets.UTF_8);
      ownTables(changelog, id.replace('-', '_') + "_");
      Matcher changeSet = CHANGE_SET.matcher(changelog);
      while (changeSet.find()) {
        String comment = changeSet.group(2);
        found.put(changeSet.group(1), comment == null ? changeSet.group(1) : comment.strip());
      }
    }
    return found;
  }

  /** The tables of the desk and of others are not a module's to change. */
  private static void ownTables(String changelog, String prefix) {
    Matcher table = TABLE.matcher(changelog);
    while (table.find()) {
      if (!table.group(1).toLowerCase(Locale.ROOT).startsWith(prefix)) {
        throw refused("error.module.archive.table", "table", table.group(1), "prefix", prefix);
      }
    }
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

  private static List<ManifestClause> clauses(Attributes manifest, String header) {
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
    return plain.length() > 200 ? plain.substring(0, 200) : plain;
  }

  /** SHA-256 in lower-case hexadecimal. */
  public static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static DomainException refused(String key, Object... namesAndValues) {
    return DomainException.invalid("file", key, namesAndValues);
  }
}
