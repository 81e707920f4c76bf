/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.cmdb.internal.FieldText;
import org.talka.cmdb.internal.intake.Outcome.Change;
import org.talka.cmdb.internal.intake.Outcome.Kind;

/** An {@link Outcome} as it is stored, for whoever looks at an import later. */
@Entity
@Table(name = "cmdb_run_outcome")
@IdClass(OutcomeRow.Key.class)
public class OutcomeRow {
  @Id
  @Column(name = "run_id")
  private long run;

  @Id
  @Column(name = "position")
  private int number;

  @Column(name = "kind")
  private String kind;

  @Lob
  @Column(name = "content")
  private String content;

  protected OutcomeRow() {}

  OutcomeRow(long run, Outcome outcome) {
    this.run = run;
    this.number = outcome.number();
    this.kind = outcome.kind().word();
    this.content =
        FieldText.write(
            Map.of(
                "row", FieldText.write(outcome.row()),
                "item", outcome.item().map(String::valueOf).orElse(""),
                "candidates", String.join(",", texts(outcome.candidates())),
                "others", String.join(",", texts(outcome.others())),
                "key", outcome.key(),
                "changes", FieldText.join(outcome.changes().stream().map(this::text).toList()),
                "held", FieldText.write(outcome.held()),
                "errors", FieldText.join(outcome.errors().stream().map(this::text).toList())));
  }

  private String text(Change change) {
    return FieldText.join(List.of(change.field(), change.from(), change.to()));
  }

  private String text(FieldError error) {
    return FieldText.join(
        List.of(error.field(), error.message().key(), FieldText.write(error.message().args())));
  }

  private static List<String> texts(List<Long> ids) {
    return ids.stream().limit(HeldRow.MOST_CANDIDATES).map(String::valueOf).toList();
  }

  Outcome value() {
    Map<String, String> values = FieldText.read(content);
    String item = values.get("item");
    List<Change> changes = new ArrayList<>();
    for (String text : FieldText.split(values.get("changes"))) {
      List<String> parts = FieldText.split(text);
      changes.add(new Change(parts.get(0), parts.get(1), parts.get(2)));
    }
    List<FieldError> errors = new ArrayList<>();
    for (String text : FieldText.split(values.get("errors"))) {
      List<String> parts = FieldText.split(text);
      errors.add(
          new FieldError(parts.get(0), new Text(parts.get(1), FieldText.read(parts.get(2)))));
    }
    return new Outcome(
        number,
        kind(),
        FieldText.read(values.get("row")),
        item.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(item)),
        HeldRow.ids(values.get("candidates")),
        HeldRow.ids(values.get("others")),
        values.get("key"),
        changes,
        FieldText.read(values.get("held")),
        errors);
  }

  private Kind kind() {
    for (Kind known : Kind.values()) {
      if (known.word().equals(kind)) {
        return known;
      }
    }
    throw new IllegalArgumentException(kind);
  }

  /** Jakarta Persistence wants a mutable class here, not a record. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    private long run;
    private int number;

    public Key() {}

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
