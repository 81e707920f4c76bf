/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

/** Says whose an archive is. */
public interface Trust {
  Verdict verify(ModuleArchive archive);

  /** What is known of the maker. */
  enum Verdict {
    /** It came with this distribution, byte for byte. */
    FIRST_PARTY,
    /** Nobody vouches for it; the administrator is told. */
    UNSIGNED
  }
}
