/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Finds the database changes in an archive that has passed the intake. */
public final class Changelogs {
  private static final String CHANGELOG = "META-INF/db/changelog.xml";

  private Changelogs() {}

  /** The change log of a module; absent when it has no tables. */
  public static Optional<byte[]> of(ModuleArchive module) {
    byte[] archive = module.bundles().get(0).content();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(CHANGELOG)) {
          return Optional.of(zip.readAllBytes());
        }
      }
      return Optional.empty();
    } catch (IOException unsound) {
      // the intake has read it, so it can be read
      throw new IllegalArgumentException(unsound);
    }
  }
}
