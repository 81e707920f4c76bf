/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;

class QueryLanguagePropertyTest {
  private final LuceneQueryLanguage language = new LuceneQueryLanguage();

  @Property(tries = 500)
  void refusesAnyTextPolitelyOrReadsIt(@ForAll String text) {
    refusedPolitelyOrRead(text);
  }

  @Property(tries = 1_000)
  void refusesAnySyntaxPolitelyOrReadsIt(@ForAll("syntax") String text) {
    refusedPolitelyOrRead(text);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void readsWhatItWouldWrite(@ForAll("filters") Filter filter) {
    String text = FilterText.of(filter);
    assertEquals(filter, language.parse(text, new Catalogue()), text);
  }

  private void refusedPolitelyOrRead(String text) {
    try {
      language.parse(text, new Catalogue());
    } catch (DomainException e) {
      assertEquals(ErrorKind.MALFORMED, e.kind());
    }
  }

  @Provide
  Arbitrary<String> syntax() {
    return Arbitraries.of(
            "subject:",
            "state:",
            "effort:",
            "createdAt:",
            "a",
            "now",
            "-7d",
            "2026-01-01",
            " ",
            "AND",
            " OR ",
            "NOT ",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            " TO ",
            "\"",
            "\\",
            "*",
            "?",
            "~",
            "^",
            "+",
            "-",
            "!",
            "/",
            "1",
            ".",
            "&&",
            "||",
            "<",
            ">=",
            "=",
            "\\u00",
            "@",
            "fn:",
            "ž",
            "\0",
            "\ud800")
        .list()
        .ofMaxSize(24)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Filter> filters() {
    return filters(3);
  }

  private Arbitrary<Filter> filters(int depth) {
    if (depth == 0) {
      return leaf();
    }
    Arbitrary<Filter> part = filters(depth - 1);
    return Arbitraries.oneOf(
        leaf(),
        Combinators.combine(part, part).as(Filter::and),
        Combinators.combine(part, part).as(Filter::or),
        part.map(Filter.Not::new));
  }

  private Arbitrary<Filter> leaf() {
    Arbitrary<String> value =
        Arbitraries.strings()
            .withChars("abcžĀ0 :()\"*?\\-+/~^[]{}!&|<>=@")
            .ofMinLength(1)
            .ofMaxLength(8)
            .filter(text -> !text.isBlank());
    Arbitrary<Filter> words =
        Combinators.combine(Arbitraries.of("", "subject"), value, Arbitraries.of(true, false))
            .as(
                (field, text, phrase) ->
                    new Filter.Words(field.isEmpty() ? null : field, text, phrase));
    Arbitrary<Filter> prefix =
        Combinators.combine(Arbitraries.of("", "subject", "state"), value)
            .as((field, text) -> new Filter.Prefix(field.isEmpty() ? null : field, text));
    Arbitrary<Filter> is = value.map(text -> new Filter.Is("state", text));
    Arbitrary<Filter> exists =
        Arbitraries.of(List.copyOf(Catalogue.FIELDS.keySet())).map(Filter.Exists::new);
    Arbitrary<Filter> numbers =
        Arbitraries.integers()
            .between(-99, 99)
            .map(n -> new Filter.Between("effort", n < 0 ? null : "" + n, "" + (n + 3)));
    Arbitrary<Filter> times =
        Arbitraries.integers()
            .between(1, 9)
            .map(n -> new Filter.Between("createdAt", "2026-01-0" + n + "T10:00:00Z", null));
    return Arbitraries.oneOf(words, prefix, is, exists, numbers, times);
  }
}
