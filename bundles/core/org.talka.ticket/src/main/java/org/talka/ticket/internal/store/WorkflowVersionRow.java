/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.talka.ticket.internal.design.DesignJson;
import org.talka.ticket.internal.design.PublishedWorkflow;
import org.talka.ticket.internal.design.WorkflowDesign;

/** A version of a workflow that took effect. */
@Entity
@Table(name = "tkt_workflow_version")
@IdClass(WorkflowVersionRow.Key.class)
@NamedQuery(
    name = "WorkflowVersionRow.current",
    query =
        "select v from WorkflowVersionRow v where v.takenBackAt is null and v.number ="
            + " (select max(w.number) from WorkflowVersionRow w"
            + " where w.workflow = v.workflow and w.takenBackAt is null) order by v.workflow")
@NamedQuery(
    name = "WorkflowVersionRow.of",
    query =
        "select v from WorkflowVersionRow v where v.workflow = :workflow order by v.number desc")
public class WorkflowVersionRow {
  @Id
  @Column(name = "workflow")
  private String workflow;

  @Id
  @Column(name = "version_number")
  private int number;

  @Column(name = "module_id")
  private String module;

  @Lob
  @Column(name = "design")
  private String design;

  @Lob
  @Column(name = "base")
  private String base;

  @Column(name = "note")
  private String note;

  @Column(name = "published_at")
  private Instant publishedAt;

  @Column(name = "published_by")
  private String publishedBy;

  @Column(name = "taken_back_at")
  private Instant takenBackAt;

  @Column(name = "taken_back_by")
  private String takenBackBy;

  protected WorkflowVersionRow() {}

  WorkflowVersionRow(PublishedWorkflow version) {
    workflow = version.workflow();
    number = version.number();
    module = version.module();
    design = DesignJson.write(version.design());
    base = version.base().map(DesignJson::write).orElse(null);
    note = version.note().isEmpty() ? null : version.note();
    publishedAt = version.at();
    publishedBy = version.by();
    version.takenBack().ifPresent(this::takeBack);
  }

  final void takeBack(PublishedWorkflow.TakenBack takenBack) {
    takenBackAt = takenBack.at();
    takenBackBy = takenBack.by();
  }

  PublishedWorkflow version() {
    return new PublishedWorkflow(
        workflow,
        number,
        module,
        DesignJson.read(design, WorkflowDesign.class),
        Optional.ofNullable(base).map(json -> DesignJson.read(json, WorkflowDesign.class)),
        note == null ? "" : note,
        publishedAt,
        publishedBy,
        Optional.ofNullable(takenBackAt)
            .map(at -> new PublishedWorkflow.TakenBack(at, takenBackBy)));
  }

  String workflow() {
    return workflow;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private String workflow;
    private int number;

    public Key() {}

    Key(String workflow, int number) {
      this.workflow = workflow;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && Objects.equals(that.workflow, workflow)
          && that.number == number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(workflow, number);
    }
  }
}
