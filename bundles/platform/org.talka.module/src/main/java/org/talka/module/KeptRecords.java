/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is kept of modules' records outside of the desk's tables: exports of what was purged, and
 * the legal holds that forbid a purge. Any thread; refusals are {@link
 * org.talka.api.error.DomainException}s. Whether the caller may is for who offers it to ask.
 */
@ProviderType
public interface KeptRecords {
  /**
   * The records of a purged module, in a file.
   *
   * @param file its name
   * @param digest SHA-256 of the file in lower-case hexadecimal, by which {@link
   *     Modules#planImport} finds it
   */
  record Export(String file, String module, String version, Instant made, String digest) {}

  /** That a module's records must stay. */
  record LegalHold(String module, String reason, String heldBy, Instant heldAt) {}

  /** The latest first. */
  List<Export> exports();

  /**
   * Takes an export that comes from outside.
   *
   * @return its digest
   */
  String receive(InputStream export) throws IOException;

  List<LegalHold> holds();

  /** Sets a hold, or gives the one that is there another reason. */
  LegalHold hold(String module, String reason);

  void release(String module);
}
