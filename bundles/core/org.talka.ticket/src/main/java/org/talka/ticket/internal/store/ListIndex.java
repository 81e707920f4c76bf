/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list that the database serves from one index in exactly the list's order: equal values in
 * front, then the sort column and the id, both descending. Every constant has its index in the
 * change log; a test compares the two.
 *
 * <p>Other lists go to the search index: without an index in its order, Derby sorts the whole table
 * for the first page.
 */
public enum ListIndex {
  ALL("tkt_l_all", List.of(), "updatedAt"),
  OPEN("tkt_l_open", List.of("open"), "updatedAt"),
  TYPE("tkt_l_type", List.of("type", "open"), "updatedAt"),
  TEAM("tkt_l_team", List.of("team", "open"), "updatedAt"),
  ASSIGNEE("tkt_l_assignee", List.of("assignee", "open"), "updatedAt"),
  CREATED("tkt_l_created", List.of(), "createdAt");

  private final String indexName;
  private final List<String> equal;
  private final String sort;

  ListIndex(String indexName, List<String> equal, String sort) {
    this.indexName = indexName;
    this.equal = equal;
    this.sort = sort;
  }

  /** The index that serves these equal values in this order, newest first, if there is one. */
  public static Optional<ListIndex> serving(Map<String, String> equal, String sort) {
    for (ListIndex index : values()) {
      if (index.sort.equals(sort)
          && index.equal.size() == equal.size()
          && equal.keySet().containsAll(index.equal)) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  public String indexName() {
    return indexName;
  }

  public List<String> equal() {
    return equal;
  }

  public String sort() {
    return sort;
  }

  /** The index's columns in order, for comparison with the database. */
  public List<String> columns() {
    List<String> columns = new java.util.ArrayList<>();
    equal.forEach(field -> columns.add(Columns.of(field).orElseThrow().name()));
    columns.add(Columns.sort(sort).orElseThrow());
    columns.add("id");
    return columns;
  }
}
