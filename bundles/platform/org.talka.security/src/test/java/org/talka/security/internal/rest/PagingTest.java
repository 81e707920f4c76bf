/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.security.Seal;

class PagingTest {
  private final Seal seal =
      new Seal() {
        @Override
        public String seal(String purpose, String content) {
          return purpose + "|" + content;
        }

        @Override
        public String open(String purpose, String sealed) {
          if (!sealed.startsWith(purpose + "|")) {
            throw DomainException.malformed("error.page.forged");
          }
          return sealed.substring(purpose.length() + 1);
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "x", "", "99999999999", "1.5"})
  void refusesALimitOutOfRange(String limit) {
    DomainException refused =
        assertThrows(DomainException.class, () -> Paging.of("users", seal, limit, null));
    assertEquals(ErrorKind.MALFORMED, refused.kind());
  }

  @Test
  void refusesTheCursorOfAnotherList() {
    assertThrows(DomainException.class, () -> Paging.of("users", seal, null, "teams|a"));
  }

  @Test
  void goesOnWhereThePageBeforeEnded() {
    Paging first = Paging.of("users", seal, "2", null);
    Listing<String> page = first.page(List.of("a", "b", "c"), key -> key, item -> item);
    assertEquals(List.of("a", "b"), page.items());
    assertEquals(Optional.of("b"), Paging.of("users", seal, "2", page.next()).after());
  }

  @Test
  void endsWhenNothingIsLeft() {
    Paging last = Paging.of("users", seal, "2", null);
    assertNull(last.page(List.of("a", "b"), key -> key, item -> item).next());
  }
}
