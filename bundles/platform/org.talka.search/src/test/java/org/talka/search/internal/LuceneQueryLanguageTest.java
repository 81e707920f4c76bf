/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.api.query.Filter.AllOf;
import org.talka.api.query.Filter.AnyOf;
import org.talka.api.query.Filter.Between;
import org.talka.api.query.Filter.Is;
import org.talka.api.query.Filter.Not;
import org.talka.api.query.Filter.Prefix;
import org.talka.api.query.Filter.Words;

class LuceneQueryLanguageTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:30:00Z");

  private final LuceneQueryLanguage language =
      new LuceneQueryLanguage(Clock.fixed(NOW, ZoneOffset.UTC));

  private Filter parse(String query) {
    return language.parse(query, new Catalogue());
  }

  private DomainException refusal(String query) {
    DomainException refusal = assertThrows(DomainException.class, () -> parse(query));
    assertEquals(ErrorKind.MALFORMED, refusal.kind());
    return refusal;
  }

  private static Words word(String word) {
    return new Words(null, word, false);
  }

  private static Filter all(Filter... parts) {
    return new AllOf(List.of(parts));
  }

  private static Filter any(Filter... parts) {
    return new AnyOf(List.of(parts));
  }

  @Test
  void asksForEverythingWhenBlank() {
    assertEquals(new Filter.All(), parse("  "));
    assertEquals(new Filter.All(), parse("*:*"));
    assertEquals(new Filter.All(), parse("*"));
  }

  @Test
  void joinsBareWordsWithAnd() {
    assertEquals(all(word("printer"), word("broken")), parse("printer broken"));
  }

  @Test
  void readsOperatorsByTheirPrecedence() {
    assertEquals(any(all(word("a"), word("b")), word("c")), parse("a AND b OR c"));
    assertEquals(all(word("a"), any(word("b"), word("c"))), parse("a AND (b OR c)"));
    assertEquals(all(new Not(word("a")), word("b")), parse("NOT a AND b"));
    assertEquals(all(word("a"), new Not(word("b"))), parse("+a -b"));
    assertEquals(any(word("a"), new Not(word("b"))), parse("a OR NOT b"));
    assertEquals(word("a"), parse("+a OR b"));
  }

  @Test
  void readsPhrases() {
    assertEquals(new Words(null, "paper jam", true), parse("\"paper jam\""));
    assertEquals(new Words("subject", "paper jam", true), parse("subject:\"paper jam\""));
  }

  @Test
  void appliesAFieldToItsGroup() {
    assertEquals(
        any(new Is("state", "new"), new Is("state", "open")), parse("state:(new OR open)"));
  }

  @Test
  void asksTheCatalogueForKeywords() {
    assertEquals(new Is("assignee", "17"), parse("assignee:me"));
    assertEquals("error.test.person", refusal("assignee:nobody").text().key());
  }

  @Test
  void takesOnlyAnUnescapedStarAtTheEndAsAWildcard() {
    assertEquals(new Prefix(null, "prin"), parse("prin*"));
    assertEquals(new Prefix("state", "in"), parse("state:in*"));
    assertEquals(word("prin*"), parse("prin\\*"));
    assertEquals(word("p?in*er"), parse("p?in*er"));
    assertEquals(new Filter.Exists("state"), parse("state:*"));
  }

  @Test
  void readsNumbersAndTheirRanges() {
    assertEquals(new Between("effort", "5", "5"), parse("effort:5"));
    assertEquals(new Between("effort", "1", "2.5"), parse("effort:[1 TO 2.5]"));
    assertEquals(new Between("effort", "3", null), parse("effort>=3"));
    assertEquals(
        all(new Between("effort", "3", null), new Not(new Between("effort", "3", "3"))),
        parse("effort>3"));
  }

  @Test
  void readsADayAsTheWholeDay() {
    assertEquals(
        new Between("createdAt", "2026-01-01T00:00:00Z", "2026-01-01T23:59:59.999999Z"),
        parse("createdAt:2026-01-01"));
    assertEquals(
        new Between("createdAt", "2026-01-01T00:00:00Z", null),
        parse("createdAt:[2026-01-01 TO *]"));
    assertEquals(
        new Between("createdAt", "2026-01-02T00:00:00Z", "2026-01-31T23:59:59.999999Z"),
        parse("createdAt:{2026-01-01 TO 2026-02-01}"));
  }

  @Test
  void countsRelativeTimesFromNow() {
    assertEquals(
        new Between("createdAt", "2026-03-08T12:30:00Z", "2026-03-15T12:30:00Z"),
        parse("createdAt:[now-7d TO now]"));
    assertEquals(
        new Between("createdAt", "2026-03-14T00:00:00Z", "2026-03-14T23:59:59.999999Z"),
        parse("createdAt:today-1d"));
  }

  @Test
  void passesOverBoosts() {
    assertEquals(word("printer"), parse("printer^4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          subject:(        | error.query.syntax
          "open quote      | error.query.syntax
          a AND            | error.query.syntax
          ()               | error.query.syntax
          [a TO            | error.query.syntax
          nofield:x        | error.query.field
          printr~          | error.query.fuzzy
          "a b"~3          | error.query.fuzzy
          /prin.*/         | error.query.regexp
          state:[a TO b]   | error.query.range
          effort:many      | error.query.number
          effort:1e99999   | error.query.number
          effort:1*        | error.query.wildcard
          createdAt:soon   | error.query.date
          createdAt:now-999999y | error.query.date
          fn:ordered(a b)  | error.query.unsupported
          (a b c)@2        | error.query.unsupported
          """)
  void saysWhatIsWrong(String query, String key) {
    assertEquals(key, refusal(query).text().key());
  }

  @Test
  void saysWhereItIsWrong() {
    assertEquals("10", refusal("subject:(").text().args().get("position"));
    assertEquals("5", refusal("abc nofield:x").text().args().get("position"));
    assertEquals("3", refusal("a )b").text().args().get("position"));
  }

  @ParameterizedTest
  @ValueSource(chars = {'(', '[', '"', '\\', '!', '-', '+', ':', '~', '^', '/', '@', '<', 'a', ')'})
  void refusesMuchOfOneCharacterWithoutHarm(char c) {
    refusal(String.valueOf(c).repeat(100_000));
    try {
      parse(String.valueOf(c).repeat(4_000));
    } catch (DomainException e) {
      assertEquals(ErrorKind.MALFORMED, e.kind());
    }
  }

  @Test
  void limitsDepthAndClauses() {
    assertEquals(word("a"), parse("(".repeat(30) + "a" + ")".repeat(30)));
    assertEquals(
        "error.query.depth", refusal("(".repeat(500) + "a" + ")".repeat(500)).text().key());
    parse("a ".repeat(200));
    assertEquals("error.query.clauses", refusal("a ".repeat(201)).text().key());
    assertEquals("error.query.clauses", refusal("a OR ".repeat(300) + "a").text().key());
    assertEquals("error.query.length", refusal("a OR ".repeat(10_000) + "a").text().key());
  }
}
