/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.Optional;
import org.talka.ticket.internal.design.WorkflowDesign;

/**
 * What is kept of a workflow beside its versions.
 *
 * @param design the draft; absent while there is none. Stored as null
 */
record Draft(WorkflowDesign design) {
  static final Draft NONE = new Draft(null);

  Optional<WorkflowDesign> drawn() {
    return Optional.ofNullable(design);
  }
}
