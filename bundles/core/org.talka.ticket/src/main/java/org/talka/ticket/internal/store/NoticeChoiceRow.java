/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
import org.talka.ticket.internal.notice.NoticeKind;

/**
 * Of what somebody wants to be told who chose. What is off is kept, so that a kind which comes with
 * a later version is on.
 */
@Entity
@Table(name = "tkt_notice_choice")
public class NoticeChoiceRow {
  @Id
  @Column(name = "person_id")
  private long person;

  @Column(name = "kinds_off")
  private int off;

  protected NoticeChoiceRow() {}

  NoticeChoiceRow(long person) {
    this.person = person;
  }

  long person() {
    return person;
  }

  Set<NoticeKind> wanted() {
    return NoticeKind.of(~off);
  }

  void want(Set<NoticeKind> kinds) {
    off = ~NoticeKind.bits(kinds) & NoticeKind.bits(Set.of(NoticeKind.values()));
  }
}
