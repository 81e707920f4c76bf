/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * A ticket as clients get it.
 *
 * @param description markdown; absent in lists, as is {@code descriptionHtml}
 * @param fields values of the type's own fields
 * @param fieldsHtml those of them that are markdown, rendered; absent in lists
 * @param moduleMissing the module that brought the type, when it is not installed now
 */
@JsonInclude(Include.ALWAYS)
public record TicketView(
    String key,
    String type,
    String subject,
    @JsonInclude(Include.NON_NULL) String description,
    @JsonInclude(Include.NON_NULL) String descriptionHtml,
    String state,
    String stateCategory,
    String workflow,
    String priority,
    boolean priorityOverridden,
    String impact,
    String urgency,
    PersonView requester,
    PersonView assignee,
    TeamView team,
    TeamView organisation,
    Collection<String> tags,
    Map<String, Object> fields,
    @JsonInclude(Include.NON_NULL) Map<String, String> fieldsHtml,
    Instant createdAt,
    Instant updatedAt,
    Instant resolvedAt,
    long version,
    @JsonInclude(Include.NON_NULL) String moduleMissing,
    Can can) {
  /**
   * What the caller may do to it.
   *
   * @param note whether they read internal notes; writing one takes {@code reply} besides
   * @param rate whether they are asked how satisfied they were
   */
  public record Can(boolean edit, boolean note, boolean reply, boolean rate) {}
}
