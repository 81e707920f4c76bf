/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.search.Document;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentQuery;

class ModuleIndexTest {
  @TempDir Path folder;
  private ModuleIndexes indexes;
  private ModuleIndex index;

  @BeforeEach
  void open() {
    indexes = new ModuleIndexes(folder);
    index = new ModuleIndex("shelf", indexes);
  }

  @AfterEach
  void close() {
    index.close();
  }

  private static Document document(String id, String title, String body) {
    return document(id, title, body, "all", 0);
  }

  private static Document document(
      String id, String title, String body, String audience, double worth) {
    return new Document(
        id,
        Map.of("title", title, "body", body),
        Map.of("audience", Set.of(audience)),
        Map.of("until", 100L),
        worth);
  }

  private DocumentHits ask(String text, Filter filter, boolean every, int limit, String after) {
    return index.search(
        new DocumentQuery(
            text,
            Map.of("title", 4f, "body", 1f),
            filter,
            every,
            limit,
            Optional.ofNullable(after)));
  }

  private List<String> find(String text) {
    return ask(text, new Filter.All(), true, 10, null).ids();
  }

  private List<String> guess(String text) {
    return ask(text, new Filter.All(), false, 10, null).ids();
  }

  @ParameterizedTest
  @CsvSource({
    "printing blank pages, 1",
    "prin, 1",
    "prniter, 1",
    "tukšas lapas, 2",
    "tuksas lapam, 2",
    "drukātājs, 2",
    "drukat, 2",
    "calendar, 3",
    "calender, 3",
    "calndar sharing, 3"
  })
  void findsByStemBeginningAndDespiteAWrongLetter(String text, String id) {
    index.put(
        List.of(
            document("1", "The printer prints blank pages", "Switch it off and on."),
            document("2", "Drukātājs drukā tukšas lapas", "Izslēdziet un ieslēdziet to."),
            document("3", "Share a calendar", "Open the calendar and choose sharing.")));
    assertEquals(id, find(text).get(0));
  }

  @Test
  void aWordThatIsKnownIsNotTakenForAnother() {
    index.put(List.of(document("1", "Stall", "Cows"), document("2", "Still", "Water")));
    assertEquals(List.of("1"), find("stall "));
  }

  @Test
  void aTextThatIsNoQuestionFindsWhatSharesMostWithIt() {
    index.put(
        List.of(
            document("1", "Printer prints blank pages", "Clean the drum."),
            document("2", "Order a printer", "Fill in the form."),
            document("3", "Holiday", "How to ask for it.")));
    assertEquals(
        List.of("1", "2"),
        guess("Since this morning our printer on the third floor gives blank pages, please order"));
  }

  @Test
  void theTitleCountsMoreThanTheBodyAndWorthMoreThanNothing() {
    index.put(
        List.of(
            document("1", "Network", "How the proxy is set"),
            document("2", "The proxy", "How it is set"),
            document("3", "The proxy", "How it is set", "all", 8)));
    assertEquals(List.of("3", "2", "1"), find("proxy"));
  }

  @Test
  void onlyWhatTheConditionAdmitsIsFoundPageByPage() {
    List<Document> many = new ArrayList<>();
    IntStream.range(0, 40)
        .forEach(
            i ->
                many.add(
                    document(Integer.toString(i), "Lamp", "It is out", i % 2 == 0 ? "a" : "b", 0)));
    index.put(many);
    Filter only = new Filter.Is("audience", "b");
    List<String> all = new ArrayList<>();
    String after = null;
    do {
      DocumentHits page = ask("lamp", only, true, 7, after);
      all.addAll(page.ids());
      after = page.next().orElse(null);
    } while (after != null);
    assertEquals(20, Set.copyOf(all).size());
    assertEquals(20, all.size());
    assertTrue(all.stream().allMatch(id -> Integer.parseInt(id) % 2 == 1));
    assertEquals(
        List.of(), ask("lamp", new Filter.Between("until", "101", null), true, 7, null).ids());
    assertThrows(DomainException.class, () -> ask("lamp", only, true, 7, "forged"));
  }

  @Test
  void isDurableOnlyOnceItWasFilled() {
    assertEquals(Optional.empty(), index.durable());
    index.put(List.of(document("1", "Lamp", "")));
    assertEquals(Optional.empty(), index.durable());
    Instant before = Instant.now();
    index.filled();
    assertTrue(!index.durable().orElseThrow().isBefore(before.minusSeconds(1)));
    index.close();
    index = new ModuleIndex("shelf", indexes);
    assertEquals(List.of("1"), find("lamp"));
    index.clear();
    assertEquals(Optional.empty(), index.durable());
    assertEquals(0, index.size());
  }

  @Test
  void twoVersionsOfAModuleShareOneIndexAndModulesDoNot() {
    index.put(List.of(document("1", "Lamp", "")));
    ModuleIndex next = new ModuleIndex("shelf", indexes);
    ModuleIndex other = new ModuleIndex("other", indexes);
    assertEquals(1, next.size());
    assertEquals(0, other.size());
    next.close();
    other.close();
    assertEquals(List.of("1"), find("lamp"));
  }
}
