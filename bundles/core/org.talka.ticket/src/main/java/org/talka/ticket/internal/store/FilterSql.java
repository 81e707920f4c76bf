/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.talka.api.query.Filter;

/**
 * A condition as SQL on {@code tkt_ticket t}. Every value is bound; every name comes from {@link
 * Columns} or is itself a bound value.
 */
public final class FilterSql {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  private FilterSql() {}

  /** Nothing when the condition needs the search index: words, beginnings, ranges of own fields. */
  public static Optional<FilterSql> of(Filter filter) {
    FilterSql compiled = new FilterSql();
    return compiled.append(filter) ? Optional.of(compiled) : Optional.empty();
  }

  public String sql() {
    return sql.toString();
  }

  /** In the order of the place-holders. */
  public List<Object> values() {
    return List.copyOf(values);
  }

  private boolean append(Filter filter) {
    if (filter instanceof Filter.All) {
      sql.append("1=1");
    } else if (filter instanceof Filter.None) {
      sql.append("1=0");
    } else if (filter instanceof Filter.Is is) {
      is(is);
    } else if (filter instanceof Filter.Exists exists) {
      exists(exists.field());
    } else if (filter instanceof Filter.Between between) {
      return between(between);
    } else if (filter instanceof Filter.AllOf all) {
      return parts(all.parts(), " and ", "1=1");
    } else if (filter instanceof Filter.AnyOf any) {
      return parts(any.parts(), " or ", "1=0");
    } else if (filter instanceof Filter.Not not) {
      sql.append("not ");
      return parts(List.of(not.part()), "", "");
    } else {
      return false;
    }
    return true;
  }

  private boolean parts(List<Filter> parts, String between, String empty) {
    sql.append('(');
    for (int i = 0; i < parts.size(); i++) {
      sql.append(i == 0 ? "" : between);
      if (!append(parts.get(i))) {
        return false;
      }
    }
    sql.append(parts.isEmpty() ? empty : "").append(')');
    return true;
  }

  private void is(Filter.Is is) {
    Optional<Columns.Column> column = Columns.of(is.field());
    if (column.isEmpty()) {
      sql.append(
          "exists (select 1 from tkt_value v where v.ticket_id=t.id and v.field=? and v.val=?)");
      values.add(is.field());
      values.add(is.value());
      return;
    }
    Optional<Object> value = column.get().of(is.value());
    if (value.isEmpty()) {
      sql.append("1=0");
      return;
    }
    // without the second half, NOT of a comparison with null would be unknown instead of true
    String name = column.get().name();
    sql.append("(t.").append(name).append("=? and t.").append(name).append(" is not null)");
    values.add(value.get());
  }

  private void exists(String field) {
    Optional<String> column =
        Columns.of(field).map(Columns.Column::name).or(() -> Columns.instant(field));
    if (column.isPresent()) {
      sql.append("t.").append(column.get()).append(" is not null");
    } else {
      sql.append("exists (select 1 from tkt_value v where v.ticket_id=t.id and v.field=?)");
      values.add(field);
    }
  }

  private boolean between(Filter.Between between) {
    Optional<String> column = Columns.instant(between.field());
    if (column.isEmpty()) {
      return false;
    }
    String name = column.get();
    sql.append("(t.").append(name).append(" is not null");
    try {
      if (between.from() != null) {
        sql.append(" and t.").append(name).append(">=?");
        values.add(Timestamp.from(Instant.parse(between.from())));
      }
      if (between.to() != null) {
        sql.append(" and t.").append(name).append("<=?");
        values.add(Timestamp.from(Instant.parse(between.to())));
      }
    } catch (DateTimeParseException e) {
      return false;
    }
    sql.append(')');
    return true;
  }
}
