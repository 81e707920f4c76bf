/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.ticket;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A ticket on which an item takes the place of a text, or has done so. */
@Entity
@Table(name = "cmdb_text_match_ticket")
@IdClass(MatchedRow.Key.class)
public class MatchedRow {
  @Id
  @Column(name = "match_id")
  private long matching;

  @Id
  @Column(name = "ticket_key")
  private String ticket;

  /** As it is written there, or was. */
  @Column(name = "text")
  private String text;

  @Column(name = "done")
  private boolean done;

  protected MatchedRow() {}

  MatchedRow(long matching, String ticket, String text) {
    this.matching = matching;
    this.ticket = ticket;
    this.text = text;
  }

  /**
   * @param before what the item took the place of
   */
  void done(String before) {
    text = before;
    done = true;
  }

  String ticket() {
    return ticket;
  }

  String text() {
    return text;
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long matching;
    private String ticket;

    public Key() {}

    Key(long matching, String ticket) {
      this.matching = matching;
      this.ticket = ticket;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.matching == matching && key.ticket.equals(ticket);
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(matching) + ticket.hashCode();
    }
  }
}
