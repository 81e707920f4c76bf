/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.util.List;

/**
 * What became of an archive, or would.
 *
 * @param complete whether all of it was there
 * @param created articles that are new here
 * @param updated articles that came earlier and have changed at their desk since
 * @param unchanged articles that are here as they came
 * @param refused articles that could not come in
 * @param files files that came in
 * @param problems what is wrong, at most 200
 * @param more problems that are not listed
 */
public record Report(
    boolean dryRun,
    boolean complete,
    int created,
    int updated,
    int unchanged,
    int refused,
    int files,
    List<Problem> problems,
    int more) {
  /**
   * @param entry of the archive
   * @param title of the article; empty where it is not known
   */
  public record Problem(String entry, String title, String problem) {}
}
