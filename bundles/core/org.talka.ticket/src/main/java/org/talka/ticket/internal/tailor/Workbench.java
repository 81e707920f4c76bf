/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.ticket.internal.design.WorkflowDesign;

/**
 * A workflow as its editor shows it.
 *
 * @param types the ticket types that go through it
 * @param module whose workflow it is; {@code core} for the desk's own
 * @param number of the version in effect; 0 for what is declared
 * @param current in effect now
 * @param draft being drawn
 * @param errors why the draft can't be published
 * @param leaving states that the draft does not have any more
 * @param back what it means to take the version in effect back; absent when it can't be
 * @param troubles what does not fit any more, and what should be known
 * @param moving whether tickets are on their way out of states that are gone
 * @param version what {@code If-Match} is compared with
 */
public record Workbench(
    String key,
    List<String> types,
    String module,
    int number,
    WorkflowDesign current,
    Optional<DraftOf> draft,
    List<FieldError> errors,
    List<Leaving> leaving,
    Optional<Back> back,
    List<Text> troubles,
    boolean moving,
    long version) {

  /** Whose draft it is, and since when it looks like this. */
  public record DraftOf(WorkflowDesign design, Instant at, String by) {}

  /**
   * The way back.
   *
   * @param states those of the version before
   * @param leaving states that the version before does not have
   */
  public record Back(List<String> states, List<Leaving> leaving) {}

  /** A state that goes, and whether tickets are in it. */
  public record Leaving(String state, boolean used) {}
}
