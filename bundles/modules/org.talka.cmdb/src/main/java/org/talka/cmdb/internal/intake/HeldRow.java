/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.talka.cmdb.internal.FieldText;

/** A row in quarantine: what it said, and the items that it could mean. */
@Entity
@Table(name = "cmdb_quarantine")
@IdClass(HeldRow.Key.class)
public class HeldRow {
  static final int MOST_CANDIDATES = 20;

  @Id
  @Column(name = "run_id")
  private long run;

  @Id
  @Column(name = "position")
  private int number;

  @Lob
  @Column(name = "row_values")
  private String values;

  @Column(name = "candidates")
  private String candidates;

  @Column(name = "others")
  private String others;

  @Column(name = "settled")
  private boolean settled;

  protected HeldRow() {}

  HeldRow(long run, Outcome outcome) {
    this.run = run;
    this.number = outcome.number();
    this.values = FieldText.write(outcome.row());
    this.candidates = text(outcome.candidates());
    this.others = text(outcome.others());
  }

  private static String text(List<Long> ids) {
    return String.join(",", ids.stream().limit(MOST_CANDIDATES).map(String::valueOf).toList());
  }

  static List<Long> ids(String text) {
    return text.isEmpty()
        ? List.of()
        : List.of(text.split(",")).stream().map(Long::valueOf).toList();
  }

  void settle() {
    settled = true;
  }

  Held value() {
    return new Held(run, number, FieldText.read(values), ids(candidates), ids(others), settled);
  }

  /**
   * A row in quarantine.
   *
   * @param candidates the items that it could mean; of a relation those that its source could be
   * @param others those that the target of a relation could be
   * @param settled whether somebody has said what it means
   */
  public record Held(
      long run,
      int number,
      Map<String, String> values,
      List<Long> candidates,
      List<Long> others,
      boolean settled) {}

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long run;
    private int number;

    public Key() {}

    Key(long run, int number) {
      this.run = run;
      this.number = number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.run == run && key.number == number;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(run) + number;
    }
  }
}
