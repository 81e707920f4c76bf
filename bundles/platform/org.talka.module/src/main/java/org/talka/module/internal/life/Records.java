/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.internal.store.ModuleRecord;

/**
 * The records of modules, wherever they are kept: what is done with them when a module goes for
 * good, and when they come back. Blocks on the database and the disk; called by the thread that
 * works on the module. A {@link StepFailure} says what is in the way.
 */
public interface Records {
  /**
   * What an export says of itself.
   *
   * @param digest of the module's archive, SHA-256
   * @param counts kind to how many
   * @param conflicts why it can't come back here
   */
  record Inspection(
      String module,
      String version,
      String digest,
      Map<String, String> titles,
      Map<String, Long> counts,
      List<Text> conflicts) {}

  /** Why nobody may remove the module's records. */
  Optional<Text> hold(String module);

  /** Kind to how many there are. */
  Map<String, Long> counts(String module);

  /** Writes the export of this operation; it counts only once it is verified. */
  void export(String operation, ModuleRecord module, String actor);

  /** Reads the export again, byte by byte, and compares it with what is here; then it is kept. */
  void verify(String operation, String module);

  /** Fails if there is a hold, or more or less is here than was exported. */
  void agree(String operation, String module);

  /** Removes the export of an operation that removes nothing, whatever became of it so far. */
  void revoke(String operation, String module);

  /** Forgets what was needed until the operation's end; its export stays. */
  void discard(String operation, String module);

  /** Removes everything; goes on where an earlier call was cut off. */
  void erase(String module);

  /**
   * Looks at an export that was received or is kept here.
   *
   * @param export the SHA-256 of the file
   * @throws org.talka.api.error.DomainException NOT_FOUND or INVALID
   */
  Inspection inspect(String export);

  /** Brings everything back, all or nothing, and keeps the module's archive. */
  void bring(String export);
}
