/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.talka.api.query.Filter;

/**
 * A condition on articles as the database asks it, for an article {@code a}. Says the same as
 * {@link FilterMatch} and the index.
 */
public final class FilterJpql {
  /** The attribute of each field that a condition may name. */
  private static final Map<String, String> KEYWORDS =
      Map.of(
          "audience", "a.audience",
          "kind", "a.kind",
          "language", "a.language",
          "state", "a.state",
          "working", "a.workingState");

  private static final Map<String, String> IDS =
      Map.of(
          "category", "a.category",
          "owner", "a.owner",
          "reviewer", "a.reviewer",
          "source", "a.source");

  private static final Map<String, String> DAYS =
      Map.of(
          "validFrom", "a.validFrom",
          "validUntil", "a.validUntil",
          "reviewDue", "a.reviewDue");

  private final StringBuilder where = new StringBuilder();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  private FilterJpql() {}

  public static FilterJpql of(Filter filter) {
    FilterJpql jpql = new FilterJpql();
    jpql.add(filter);
    return jpql;
  }

  public String where() {
    return where.toString();
  }

  public Map<String, Object> parameters() {
    return parameters;
  }

  private void add(Filter filter) {
    if (filter instanceof Filter.All) {
      where.append("1 = 1");
    } else if (filter instanceof Filter.None) {
      where.append("1 = 0");
    } else if (filter instanceof Filter.Is is) {
      is(is);
    } else if (filter instanceof Filter.Between between) {
      between(between);
    } else if (filter instanceof Filter.AllOf all) {
      join(all.parts(), " and ", "1 = 1");
    } else if (filter instanceof Filter.AnyOf any) {
      join(any.parts(), " or ", "1 = 0");
    } else if (filter instanceof Filter.Not not) {
      where.append("not (");
      add(not.part());
      where.append(')');
    } else {
      throw new IllegalArgumentException("No condition on articles: " + filter);
    }
  }

  private void join(List<Filter> parts, String word, String none) {
    if (parts.isEmpty()) {
      where.append(none);
      return;
    }
    where.append('(');
    for (int i = 0; i < parts.size(); i++) {
      where.append(i == 0 ? "" : word);
      add(parts.get(i));
    }
    where.append(')');
  }

  private void is(Filter.Is is) {
    if (is.field().equals("team")) {
      where.append("a.teams like ").append(parameter("%," + Long.valueOf(is.value()) + ",%"));
    } else if (IDS.containsKey(is.field())) {
      String id = IDS.get(is.field());
      String value = parameter(Long.valueOf(is.value()));
      // null is no id: without this its negation would leave rows out
      where.append('(').append(id).append(" is not null and ").append(id);
      where.append(" = ").append(value).append(')');
    } else {
      where.append(attribute(KEYWORDS, is.field())).append(" = ").append(parameter(is.value()));
    }
  }

  private void between(Filter.Between between) {
    String day = attribute(DAYS, between.field());
    String from = between.from() == null ? "" : day + " >= " + parameter(number(between.from()));
    String to = between.to() == null ? "" : day + " <= " + parameter(number(between.to()));
    String and = from.isEmpty() || to.isEmpty() ? "" : " and ";
    where.append('(').append(from).append(and).append(to).append(')');
  }

  private static Long number(String value) {
    return Long.valueOf(value);
  }

  private static String attribute(Map<String, String> attributes, String field) {
    String attribute = attributes.get(field);
    if (attribute == null) {
      throw new IllegalArgumentException("Articles have no field " + field);
    }
    return attribute;
  }

  private String parameter(Object value) {
    String name = "p" + parameters.size();
    parameters.put(name, value);
    return ":" + name;
  }
}
