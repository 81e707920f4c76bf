/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.search.internal.Documents.keys;
import static org.talka.search.internal.Documents.relevance;
import static org.talka.search.internal.Documents.sorted;
import static org.talka.search.internal.Documents.ticket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.search.SearchDocument;
import org.talka.search.SearchHits;
import org.talka.search.SearchRequest;

class LuceneSearchIndexTest {
  @TempDir Path folder;
  private LuceneSearchIndex index;

  @BeforeEach
  void open() {
    index = new LuceneSearchIndex(folder.resolve("search"));
  }

  @AfterEach
  void close() {
    index.close();
  }

  private void put(Documents... documents) {
    index.update(Stream.of(documents).map(Documents::build).toList(), List.of(), 1);
  }

  private List<String> find(String words) {
    return keys(index.search(relevance(new Filter.Words(null, words, false))));
  }

  @ParameterizedTest
  @CsvSource({
    "klaviatura, Latviešu klaviatūra nestrādā",
    "klaviatura, Nomainīt klaviatūru",
    "klaviatūras, Jauna klaviatura",
    "klaviatūrām, pasūtīt klaviatūru",
    "printers, The printer is jammed",
    "printer, All printers are jammed",
    "PRINTING, Nobody can print",
    "sledzis, Slēdzis salūzis",
    "cafe, The café's till"
  })
  void findsAWordInOtherFormsAndWithoutDiacritics(String asked, String written) {
    put(ticket(1).words("subject", written), ticket(2).words("subject", "Something else"));
    assertEquals(List.of("INC-000001"), find(asked));
  }

  @Test
  void needsEveryWordInWhicheverField() {
    put(
        ticket(1).words("subject", "printer").words("description", "third floor"),
        ticket(2).words("subject", "printer"));
    assertEquals(List.of("INC-000001"), find("floor printer"));
  }

  @Test
  void findsByKeyAndByItsNumber() {
    put(ticket(123).words("subject", "Screen"), ticket(124).words("subject", "Screen"));
    assertEquals(List.of("INC-000123"), find("INC-000123"));
    assertEquals(List.of("INC-000123"), find("inc-000123"));
    assertEquals(List.of("INC-000123"), find("123"));
    assertEquals(List.of("INC-000123"), find("screen 123"));
    assertEquals(
        List.of("INC-000124"),
        keys(index.search(relevance(new Filter.Prefix(null, "INC-000124")))));
  }

  @Test
  void findsUnfinishedWords() {
    put(ticket(1).words("subject", "Klaviatūra"), ticket(2).words("subject", "Kabelis"));
    assertEquals(
        List.of("INC-000001"), keys(index.search(relevance(new Filter.Prefix(null, "KLAVIATŪ")))));
    assertEquals(
        List.of("INC-000001"), keys(index.search(relevance(new Filter.Prefix("subject", "kl")))));
  }

  @Test
  void ranksASubjectAboveADescription() {
    put(
        ticket(1).words("subject", "Screen").words("description", "the server"),
        ticket(2).words("subject", "Server").words("description", "the screen"));
    assertEquals(List.of("INC-000002", "INC-000001"), find("server"));
    assertEquals(List.of("INC-000001", "INC-000002"), find("screen"));
  }

  @Test
  void keepsPhrasesTogetherAndWithinOneValue() {
    put(
        ticket(1).words("comment", "the paper jam again"),
        ticket(2).words("comment", "jam on paper"),
        ticket(3).words("comment", "out of paper", "jam"));
    assertEquals(
        List.of("INC-000001"),
        keys(index.search(relevance(new Filter.Words("comment", "paper jam", true)))));
  }

  @Test
  void hidesInternalWordsFromThoseWhoMayNotReadThem() {
    put(ticket(1).words("subject", "Screen").internal("comment", "password leaked"));
    for (Filter filter :
        List.of(
            new Filter.Words(null, "leaked", false),
            new Filter.Words("comment", "leaked", false),
            new Filter.Words("comment", "password leaked", true),
            new Filter.Prefix(null, "leak"),
            new Filter.Prefix("comment", "leak"),
            new Filter.Exists("comment"))) {
      assertEquals(List.of(), keys(index.search(relevance(filter))), filter.toString());
      assertEquals(
          List.of("INC-000001"),
          keys(index.search(new SearchRequest(filter, true, null, false, 10, Optional.empty()))),
          filter.toString());
    }
  }

  @Test
  void takesWildcardsInWordsLiterally() {
    put(ticket(1).words("subject", "printer"));
    assertEquals(List.of(), find("print*er"));
    assertEquals(List.of(), find("pr?nter"));
    assertEquals(List.of(), find("***"));
  }

  @Test
  void showsAChangeAtOnce() {
    put(ticket(1).words("subject", "old"));
    assertEquals(List.of("INC-000001"), find("old"));
    put(ticket(1).words("subject", "new"));
    assertEquals(List.of(), find("old"));
    assertEquals(List.of("INC-000001"), find("new"));
    index.update(List.of(), List.of("ticket:1"), 2);
    assertEquals(List.of(), find("new"));
    assertEquals(0, index.size());
  }

  @Test
  void remembersThePositionOfWhatIsDurable() {
    assertEquals(OptionalLong.empty(), index.position());
    index.update(List.of(ticket(1).build()), List.of(), 41);
    index.flush();
    assertEquals(OptionalLong.of(41), index.position());
    index.update(List.of(ticket(2).build()), List.of(), 42);
    index.close();
    open();
    assertEquals(OptionalLong.of(42), index.position());
    assertEquals(2, index.size());
    index.discard();
    assertEquals(OptionalLong.empty(), index.position());
    assertEquals(0, index.size());
  }

  @Test
  void survivesAKillWithTheLastDurableState() throws IOException {
    index.update(List.of(ticket(1).words("subject", "first").build()), List.of(), 1);
    index.flush();
    index.update(List.of(ticket(2).words("subject", "second").build()), List.of(), 2);
    // what a killed process leaves: the files as they are, nothing closed
    Path copy = copy();
    LuceneSearchIndex afterKill = new LuceneSearchIndex(copy);
    try {
      assertEquals(OptionalLong.of(1), afterKill.position());
      assertEquals(1, afterKill.size());
    } finally {
      afterKill.close();
    }
  }

  @Test
  void startsAgainWhenTheFilesAreDamaged() throws IOException {
    IntStream.range(0, 50).forEach(n -> put(ticket(n).words("subject", "word" + n)));
    index.flush();
    for (int seed = 0; seed < 20; seed++) {
      Path copy = copy();
      damage(copy, new Random(seed));
      LuceneSearchIndex damaged = new LuceneSearchIndex(copy);
      try {
        if (damaged.position().isEmpty()) {
          assertEquals(0, damaged.size());
        }
        damaged.update(List.of(ticket(7).words("subject", "again").build()), List.of(), 9);
        damaged.flush();
        assertEquals(OptionalLong.of(9), damaged.position());
      } finally {
        damaged.close();
      }
    }
  }

  private static void damage(Path folder, Random random) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
      Path victim = all.get(random.nextInt(all.size()));
      byte[] bytes = Files.readAllBytes(victim);
      Files.write(victim, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }
  }

  private Path copy() throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    try (Stream<Path> files = Files.list(folder.resolve("search"))) {
      for (Path file : files.toList()) {
        if (!file.endsWith("write.lock")) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    return copy;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pagesThroughALongListInExactOrder(boolean descending) {
    int count = 8_000;
    Random random = new Random(7);
    List<SearchDocument> documents = new ArrayList<>();
    List<int[]> expected = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      Documents document = ticket(n).keyword("state", n % 3 == 0 ? "closed" : "open");
      // many ties, and some without a value, who come last in either order
      int minute = random.nextInt(3_000);
      if (n % 50 != 0) {
        document.instant("updatedAt", Instant.EPOCH.plusSeconds(60L * minute));
      }
      documents.add(document.build());
      if (n % 3 != 0) {
        int missing = descending ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        expected.add(new int[] {n % 50 == 0 ? missing : minute, n});
      }
    }
    index.update(documents, List.of(), 1);
    Comparator<int[]> order =
        Comparator.<int[]>comparingInt(pair -> pair[0]).thenComparingInt(pair -> pair[1]);
    expected.sort(descending ? order.reversed() : order);

    List<Integer> found =
        Documents.page(
            index,
            new SearchRequest(
                new Filter.Is("state", "open"),
                false,
                "updatedAt",
                descending,
                200,
                Optional.empty()));
    assertEquals(expected.stream().map(pair -> pair[1]).toList(), found);
  }

  @Test
  void pagesByRelevanceKeywordAndWithoutAnyOrder() {
    IntStream.range(0, 25)
        .forEach(
            n ->
                put(
                    ticket(n)
                        .words("subject", "printer " + "x ".repeat(n % 4))
                        .keyword("state", "state" + n % 5)));
    List<Integer> everything = IntStream.range(0, 25).boxed().toList();
    for (String sort : new String[] {null, "state", "nothing"}) {
      for (Filter filter : List.of(new Filter.All(), new Filter.Words(null, "printer", false))) {
        List<Integer> found =
            Documents.page(
                index, new SearchRequest(filter, false, sort, true, 3, Optional.empty()));
        assertEquals(everything, found.stream().sorted().toList(), sort + " " + filter);
      }
    }
  }

  @Test
  void ranksTheNewestFirstWhereMoreMatchThanAnybodyReads() {
    int count = 40_000;
    List<SearchDocument> documents = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      boolean best = n % 100 == 0;
      documents.add(
          ticket(n)
              .words("subject", best ? "printer" : "screen")
              .words("description", best ? "screen" : "printer")
              .build());
    }
    index.update(documents, List.of(), 1);
    SearchRequest request =
        new SearchRequest(
            new Filter.Words(null, "printer", false), false, null, false, 150, Optional.empty());
    List<Integer> first =
        index.search(request).hits().stream()
            .map(hit -> Integer.parseInt(hit.key().substring(4)))
            .toList();
    assertEquals(39_900, first.get(0));
    assertEquals(39_800, first.get(1));
    int inSubject = (int) first.stream().filter(n -> n % 100 == 0).count();
    assertTrue(inSubject >= 20 && inSubject < 150, "ranked together: " + inSubject + " * 100");
    assertEquals(39_999, first.get(inSubject));
    // every match stands in the answer once, at whatever page size
    List<Integer> all = Documents.page(index, request);
    assertEquals(count, all.size());
    assertEquals(IntStream.range(0, count).boxed().toList(), all.stream().sorted().toList());
  }

  @Test
  void ranksAllTogetherWhereFewMatch() {
    List<SearchDocument> documents = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      documents.add(
          ticket(n)
              .words("subject", n == 7 ? "scanner" : "screen")
              .words("description", n % 10 == 0 ? "scanner" : "printer")
              .build());
    }
    index.update(documents, List.of(), 1);
    assertEquals("INC-000007", find("scanner").get(0));
  }

  @Test
  void findsWhatIsOldWhereNothingNewMatches() {
    List<SearchDocument> documents = new ArrayList<>();
    for (int n = 0; n < 30_000; n++) {
      documents.add(ticket(n).words("subject", n < 6_000 ? "printer" : "screen").build());
    }
    index.update(documents, List.of(), 1);
    SearchRequest request =
        new SearchRequest(
            new Filter.Words(null, "printer", false), false, null, false, 100, Optional.empty());
    assertEquals(100, index.search(request).hits().size());
    assertEquals("INC-005999", index.search(request).hits().get(0).key());
    assertEquals(6_000, Documents.page(index, request).size());
  }

  @Test
  void sortsKeywordsWithoutValueLast() {
    put(ticket(1).keyword("state", "b"), ticket(2), ticket(3).keyword("state", "a", "c"));
    assertEquals("INC-000003 INC-000001 INC-000002", String.join(" ", sortedKeys("state", false)));
    assertEquals("INC-000003 INC-000001 INC-000002", String.join(" ", sortedKeys("state", true)));
  }

  private List<String> sortedKeys(String field, boolean descending) {
    return keys(index.search(sorted(new Filter.All(), field, descending)));
  }

  @Test
  void refusesForgedCursors() {
    put(ticket(1).keyword("state", "a"), ticket(2).keyword("state", "b"));
    SearchHits first =
        index.search(
            new SearchRequest(new Filter.All(), false, "state", false, 1, Optional.empty()));
    assertTrue(first.next().isPresent());
    String valid = first.next().get();
    List<String> forged =
        List.of(
            "",
            "!",
            valid + "A!",
            valid.substring(0, valid.length() / 2),
            encoded("KEYWORD;a;zz;1;sx"),
            encoded("KEYWORD"),
            encoded("NUMBER;a;1;1;l1"));
    for (String cursor : forged) {
      DomainException refusal =
          assertThrows(
              DomainException.class,
              () ->
                  index.search(
                      new SearchRequest(
                          new Filter.All(), false, "state", false, 1, Optional.of(cursor))),
              cursor);
      assertEquals(ErrorKind.MALFORMED, refusal.kind());
    }
    assertThrows(
        DomainException.class,
        () ->
            index.search(
                new SearchRequest(new Filter.All(), false, "state", true, 1, first.next())));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
  }

  @Test
  void takesTextOfAnySizeAndContent() {
    String odd = "x".repeat(100_000) + " \ud800 \0 " + "ž".repeat(40_000);
    put(ticket(1).words("subject", odd).keyword("state", odd).internal("comment", odd));
    assertEquals(List.of("INC-000001"), keys(index.search(relevance(new Filter.Is("state", odd)))));
    assertFalse(index.search(relevance(new Filter.Exists("subject"))).hits().isEmpty());
  }

  @Test
  void answersTwoHundredClauses() {
    put(ticket(1).words("subject", "w1 w2 w3"));
    Filter many =
        new Filter.AnyOf(
            IntStream.range(0, 200)
                .<Filter>mapToObj(n -> new Filter.Words(null, "w" + n + " w2", false))
                .collect(Collectors.toList()));
    assertEquals(
        List.of("INC-000001"),
        keys(index.search(new SearchRequest(many, true, null, false, 10, Optional.empty()))));
  }

  @Test
  void showsConcurrentChangesToWhoMadeThem() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<String> lost = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 4; t++) {
      int base = t * 1_000;
      Thread thread =
          new Thread(
              () -> {
                for (int n = base; n < base + 15; n++) {
                  put(ticket(n).keyword("state", "s" + n));
                  if (index.search(relevance(new Filter.Is("state", "s" + n))).hits().isEmpty()) {
                    lost.add("s" + n);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), lost);
    assertEquals(60, index.size());
  }
}
