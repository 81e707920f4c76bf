/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether the installed modules would get along with another version of the desk, or with updates
 * of some of them: found out without installing anything. Any thread.
 */
@ProviderType
public interface ModuleChecks {
  /**
   * Resolves every installed module off-line.
   *
   * @param distribution the archive ({@code .tar.gz}) of another version of the desk; the one that
   *     runs when absent
   * @param updates modules to be updated at the same time, from the catalogue
   * @throws org.talka.api.error.DomainException INVALID when the archive is none of the desk's, or
   *     an update is not on offer
   */
  Report check(Optional<InputStream> distribution, List<String> updates, Locale locale)
      throws IOException;

  /**
   * @param desk version of the desk that was checked against
   * @param modules all that are installed, those with problems first
   */
  record Report(String desk, List<Checked> modules) {
    /** Whether everything would go on working. */
    public boolean sound() {
      return modules.stream().allMatch(module -> module.problems().isEmpty());
    }
  }

  /**
   * @param version that would run
   * @param problems why it would not; empty when it would
   */
  record Checked(String module, String title, String version, List<Problem> problems) {}

  record Problem(String message, String remedy) {}
}
