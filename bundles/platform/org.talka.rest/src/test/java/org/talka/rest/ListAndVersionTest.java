/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class ListAndVersionTest {
  private static final Set<String> SORTABLE = Set.of("updatedAt", "subject");

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "201", "many", "1.5", "99999999999", "1 2"})
  void refusesALimitOutOfRange(String limit) {
    assertEquals(
        ErrorKind.MALFORMED,
        assertThrows(DomainException.class, () -> PageParameters.limit(limit)).kind());
  }

  @Test
  void fillsInWhatIsAbsent() {
    PageParameters page = PageParameters.of(null, null, null, SORTABLE, "-updatedAt");
    assertEquals(50, page.limit());
    assertEquals("updatedAt", page.sortField());
    assertTrue(page.descending());
    assertTrue(page.after().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "-password", "--subject", "subject;drop", "-"})
  void sortsByNothingButTheFieldsOfTheList(String sort) {
    assertEquals(
        ErrorKind.MALFORMED,
        assertThrows(
                DomainException.class,
                () -> PageParameters.of("10", sort, null, SORTABLE, "subject"))
            .kind());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void asksForTheVersionThatWasSeen(String ifMatch) {
    assertEquals(
        ErrorKind.PRECONDITION_REQUIRED,
        assertThrows(DomainException.class, () -> Entities.version(ifMatch)).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"\"", "\"", "W/\"7\"", "*", "\"0-stale\"", "\"7\", \"8\""})
  void takesForeignTagsForStale(String ifMatch) {
    assertEquals(
        ErrorKind.STALE,
        assertThrows(DomainException.class, () -> Entities.check(ifMatch, 7)).kind());
  }

  @Test
  void readsItsOwnTags() {
    assertEquals(7, Entities.version("\"" + Entities.tag(7).getValue() + "\""));
  }
}
