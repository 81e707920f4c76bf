/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.Set;
import java.util.jar.Attributes;
import org.talka.module.internal.intake.ArchiveReader.Manifest;

/** A module's bundle must not be able to disturb what others are wired to. */
final class BundleRules {
  private static final String VERSIONS = "META-INF/versions/";

  private final String module;
  private final String symbolicName;
  private final Attributes headers;

  private BundleRules(Manifest manifest) {
    this.module = manifest.module();
    this.symbolicName = manifest.symbolicName();
    this.headers = manifest.headers();
  }

  static void check(Manifest manifest, Set<String> entries) {
    BundleRules rules = new BundleRules(manifest);
    rules.unwanted("Fragment-Host", "error.module.archive.fragment");
    rules.unwanted("DynamicImport-Package", "error.module.archive.dynamic");
    rules.unwanted("Require-Bundle", "error.module.archive.requireBundle");
    rules.unwanted("Bundle-NativeCode", "error.module.archive.native");
    manifest.imports().forEach(rules::imported);
    manifest.requirements().forEach(rules::required);
    ArchiveReader.clauses(rules.headers, "Export-Package").forEach(rules::exported);
    ArchiveReader.clauses(rules.headers, "Provide-Capability").forEach(rules::provided);
    ArchiveReader.clauses(rules.headers, "Service-Component").forEach(rules::component);
    entries.forEach(rules::entry);
  }

  private void unwanted(String header, String refusal) {
    if (headers.getValue(header) != null) {
      throw ArchiveReader.refused(refusal);
    }
  }

  private void imported(ManifestClause clause) {
    for (String name : clause.paths()) {
      if ("optional".equals(clause.directives().get("resolution"))) {
        throw ArchiveReader.refused("error.module.archive.optional", "package", name);
      }
      if (isWithin(name, "org.talka") && !isApi(name)) {
        throw ArchiveReader.refused("error.module.archive.import", "package", name);
      }
    }
  }

  /** Wiring by capability would go past what is said about imports. */
  private void required(ManifestClause clause) {
    for (String namespace : clause.paths()) {
      if (namespace.startsWith("osgi.wiring.")) {
        throw ArchiveReader.refused("error.module.archive.require", "namespace", namespace);
      }
    }
  }

  private void exported(ManifestClause clause) {
    for (String name : clause.paths()) {
      boolean own = isWithin(name, symbolicName) && isApi(name) && !isWithin(name, "org.talka.api");
      if (!own) {
        throw ArchiveReader.refused(
            "error.module.archive.export", "package", name, "name", symbolicName);
      }
    }
  }

  private void provided(ManifestClause clause) {
    for (String namespace : clause.paths()) {
      boolean own =
          namespace.equals("osgi.service")
              || namespace.equals("talka.module")
                  && module.equals(clause.attributes().get("talka.module"));
      if (!own) {
        throw ArchiveReader.refused("error.module.archive.provide", "namespace", namespace);
      }
    }
  }

  /** Components are read where they usually are; others would be started unread. */
  private void component(ManifestClause clause) {
    for (String path : clause.paths()) {
      boolean usual =
          path.startsWith(ComponentRules.FOLDER)
              && path.endsWith(".xml")
              && !path.substring(0, path.lastIndexOf('/')).contains("*");
      if (!usual) {
        throw ArchiveReader.refused("error.module.archive.component", "file", path);
      }
    }
  }

  /** The framework would take another manifest, or other descriptions, from there. */
  private void entry(String path) {
    if (path.startsWith(VERSIONS)) {
      String rest = path.substring(VERSIONS.length());
      String versioned = rest.substring(rest.indexOf('/') + 1);
      if (versioned.startsWith("META-INF/")
          || versioned.startsWith("OSGI-INF/")
          || versioned.startsWith("TALKA-INF/")) {
        throw ArchiveReader.refused("error.module.archive.versions", "entry", path);
      }
    }
  }

  private static boolean isApi(String name) {
    return name.endsWith(".api") || name.contains(".api.");
  }

  private static boolean isWithin(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }
}
