/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.merge;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.talka.cmdb.internal.FieldText;

/** A {@link Merge} as it is stored. */
@Entity
@Table(name = "cmdb_merge")
public class MergeRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "kept_id")
  private long kept;

  @Column(name = "merged_id")
  private long merged;

  @Column(name = "made_by")
  private String by;

  @Column(name = "made_at")
  private Instant at;

  @Column(name = "edition_before")
  private int editionBefore;

  @Column(name = "edition_after")
  private int editionAfter;

  @Lob
  @Column(name = "ended")
  private String ended;

  @Lob
  @Column(name = "added")
  private String added;

  @Lob
  @Column(name = "tickets")
  private String tickets;

  @Column(name = "undone_at")
  private Instant undoneAt;

  protected MergeRow() {}

  MergeRow(Merge merge) {
    id = merge.id();
    kept = merge.kept();
    merged = merge.merged();
    by = merge.by();
    at = merge.at();
    editionBefore = merge.editionBefore();
    editionAfter = merge.editionAfter();
    ended = numbers(merge.ended());
    added = numbers(merge.added());
    tickets = FieldText.join(merge.tickets());
  }

  void undone(Instant when) {
    undoneAt = when;
  }

  Merge value() {
    return new Merge(
        id,
        kept,
        merged,
        by,
        at,
        editionBefore,
        editionAfter,
        numbers(ended),
        numbers(added),
        FieldText.split(tickets),
        Optional.ofNullable(undoneAt));
  }

  private static String numbers(List<Long> numbers) {
    return FieldText.join(numbers.stream().map(String::valueOf).toList());
  }

  private static List<Long> numbers(String text) {
    return FieldText.split(text).stream().map(Long::valueOf).toList();
  }
}
