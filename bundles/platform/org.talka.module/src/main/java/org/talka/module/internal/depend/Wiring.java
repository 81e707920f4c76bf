/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.depend;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.talka.module.internal.intake.ManifestClause;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * What an archive needs of others and offers to them, without the archive itself, which may be
 * large.
 *
 * @param imports packages that it needs
 * @param exports packages that it offers
 * @param requirements other capabilities that it needs
 * @param capabilities other capabilities that it offers
 */
public record Wiring(
    String module,
    List<ManifestClause> imports,
    List<ManifestClause> exports,
    List<ManifestClause> requirements,
    List<ManifestClause> capabilities) {
  public static Wiring of(ModuleArchive archive) {
    return new Wiring(
        archive.id(),
        archive.imports(),
        archive.exports(),
        archive.requirements(),
        archive.capabilities());
  }

  /** Names of the packages that it offers. */
  Set<String> exportedPackages() {
    Set<String> names = new TreeSet<>();
    exports.forEach(clause -> names.addAll(clause.paths()));
    return names;
  }
}
