/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;

/** The columns of a ticket that lists need; the description is read for a single one only. */
@MappedSuperclass
public abstract class TicketColumns {
  @Id
  @Column(name = "id")
  protected long id;

  @Column(name = "ticket_key")
  protected String key;

  @Column(name = "type")
  protected String type;

  @Column(name = "module_id")
  protected String module;

  @Column(name = "subject")
  protected String subject;

  @Column(name = "state")
  protected String state;

  @Column(name = "category")
  protected int category;

  @Column(name = "is_open")
  protected int open;

  @Column(name = "priority")
  protected int priority;

  @Column(name = "priority_overridden")
  protected int priorityOverridden;

  @Column(name = "impact")
  protected int impact;

  @Column(name = "urgency")
  protected int urgency;

  @Column(name = "requester_id")
  protected Long requester;

  @Column(name = "assignee_id")
  protected Long assignee;

  @Column(name = "team_id")
  protected Long team;

  @Column(name = "organisation_id")
  protected Long organisation;

  @Column(name = "tags")
  protected String tags;

  @Column(name = "watchers")
  protected String watchers;

  @Lob
  @Column(name = "field_values")
  protected String fieldValues;

  @Column(name = "created_at")
  protected Instant createdAt;

  @Column(name = "updated_at")
  protected Instant updatedAt;

  @Column(name = "resolved_at")
  protected Instant resolvedAt;

  /** Nothing for rows that were read for a list. */
  String description() {
    return "";
  }

  abstract long version();

  long id() {
    return id;
  }

  Instant updatedAt() {
    return updatedAt;
  }

  Instant createdAt() {
    return createdAt;
  }
}
