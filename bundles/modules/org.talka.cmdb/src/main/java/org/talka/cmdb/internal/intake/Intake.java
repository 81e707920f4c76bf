/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.List;
import java.util.Map;

/** Takes rows of one kind in. */
interface Intake {
  /**
   * Takes rows in, in the transaction of the thread; the rows of one call are read for and written
   * together.
   *
   * @param first the number of the first row
   * @param rows by fields
   * @param overlay of a trial, which keeps nothing; null to keep everything
   */
  List<Outcome> take(
      Spec spec, long run, int first, List<Map<String, String>> rows, Overlay overlay);
}
