/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final Filter ALL = new Filter.All();
  private static final Filter NONE = new Filter.None();
  private static final Filter A = new Filter.Is("type", "incident");
  private static final Filter B = new Filter.Is("state", "new");
  private static final Filter C = new Filter.Exists("assignee");

  @Test
  void everythingAndNothingFoldAway() {
    assertEquals(A, Filter.and(ALL, A));
    assertEquals(A, Filter.and(A, ALL));
    assertEquals(NONE, Filter.and(A, NONE));
    assertEquals(NONE, Filter.and(NONE, A));
    assertEquals(A, Filter.or(NONE, A));
    assertEquals(A, Filter.or(A, NONE));
    assertEquals(ALL, Filter.or(A, ALL));
    assertEquals(ALL, Filter.or(ALL, A));
  }

  @Test
  void nestedPartsOfOneKindBecomeOneList() {
    assertEquals(new Filter.AllOf(List.of(A, B, C)), Filter.and(Filter.and(A, B), C));
    assertEquals(new Filter.AnyOf(List.of(A, B, C)), Filter.or(A, Filter.or(B, C)));
    assertEquals(
        new Filter.AllOf(List.of(new Filter.AnyOf(List.of(A, B)), C)),
        Filter.and(Filter.or(A, B), C));
  }
}
