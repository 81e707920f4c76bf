/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.time.Instant;
import java.util.Optional;

/**
 * A version of a workflow that took effect.
 *
 * @param workflow its key
 * @param number counts from 1 for each workflow
 * @param module the module whose workflow it replaces; {@code core} for those of the desk
 * @param base what the module declared at that time; absent for a type of the desk's own
 * @param note what whoever published it said of it; may be empty
 * @param by who published it
 * @param takenBack when and by whom it was taken back
 */
public record PublishedWorkflow(
    String workflow,
    int number,
    String module,
    WorkflowDesign design,
    Optional<WorkflowDesign> base,
    String note,
    Instant at,
    String by,
    Optional<TakenBack> takenBack) {

  /** That a version is in effect no more. */
  public record TakenBack(Instant at, String by) {}
}
