/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.store.Artifact;

/**
 * A module's archive, read and found sound; nothing of it has run.
 *
 * @param title from the manifest
 * @param imports packages that it needs from others
 * @param exports packages that it offers to others
 * @param requirements other capabilities that it needs
 * @param capabilities other capabilities that it offers
 * @param restBases base paths of its REST applications
 * @param changeSets ids of its database changes, each with what it says of itself
 * @param words language to key to pattern
 * @param packages packages of the classes that it holds
 * @param seal what it says about its content
 * @param bundles what is installed: the main bundle, which is described here, and then those that
 *     come with it
 */
public record ModuleArchive(
    Artifact artifact,
    String symbolicName,
    String title,
    String vendor,
    ModuleDescriptor descriptor,
    List<ManifestClause> imports,
    List<ManifestClause> exports,
    List<ManifestClause> requirements,
    List<ManifestClause> capabilities,
    List<String> restBases,
    Map<String, String> changeSets,
    Map<String, Map<String, String>> words,
    Set<String> packages,
    Seal seal,
    List<ModuleBundle> bundles) {
  public String id() {
    return descriptor.id();
  }

  public String version() {
    return artifact.version();
  }

  public String digest() {
    return artifact.digest();
  }

  /** Names of the packages that it offers to others. */
  public Set<String> exportedPackages() {
    return ArchiveReader.names(exports);
  }

  /** A word of its own catalogue in a language, English where it lacks one, else {@code other}. */
  public String word(String key, Locale locale, String other) {
    String word = words.getOrDefault(locale.getLanguage(), Map.of()).get(key);
    return word != null ? word : words.getOrDefault("en", Map.of()).getOrDefault(key, other);
  }

  /** A word in all languages of its catalogues; under {@code en} in any case. */
  public Map<String, String> words(String key, String other) {
    Map<String, String> all = new TreeMap<>();
    words.forEach(
        (language, catalogue) -> {
          if (catalogue.containsKey(key)) {
            all.put(language, catalogue.get(key));
          }
        });
    all.putIfAbsent("en", other);
    return all;
  }

  public Map<String, String> titles() {
    return words("module." + id() + ".title", title);
  }
}
