/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.knowledge.internal.archive.KnowledgeDesk.ANNA;
import static org.talka.knowledge.internal.archive.KnowledgeDesk.RITA;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.Enclosure;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.security.TestCaller;

/** What leaves a desk comes into another as it was. */
@PersistenceTest(units = "knowledge")
class ArchiveTest {
  private static final byte[] PICTURE = picture();

  private final Database database;
  private final Transactions transactions;
  private KnowledgeDesk desk;
  private Article lamps;
  private Article translated;
  private long picture;

  ArchiveTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  private static byte[] picture() {
    byte[] bytes = new byte[3_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    byte[] head = "\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, bytes, 0, head.length);
    return bytes;
  }

  @BeforeEach
  void open() {
    desk = new KnowledgeDesk(database, transactions);
    desk.is(RITA);
    long rooms = desk.shelves.create(Map.of("name", "Rooms", "place", 3)).id();
    long light = desk.shelves.create(Map.of("name", "Light", "parent", "" + rooms)).id();
    lamps =
        desk.article(
            Map.of(
                "title", "Lamps",
                "body", "Turn it.",
                "category", "" + light,
                "audience", "teams",
                "teams", List.of("team5"),
                "owner", "person1",
                "reviewer", "person3",
                "validUntil", "2099-12-31"));
    desk.is(ANNA);
    picture = desk.enclosures.add(lamps.key(), "lamp.png", PICTURE).id();
    String address = "/api/v1/knowledge/articles/" + lamps.key() + "/files/" + picture;
    desk.change(lamps, "body", "Turn it.\n\n![](" + address + "/inline)\n\nā \"quoted\" \\ ✓");
    desk.publish(lamps);
    desk.change(lamps, "summary", "In one line");
    desk.publish(lamps);
    desk.change(lamps, "title", "Lamps and bulbs");
    desk.is(ANNA);
    translated =
        desk.translations.begin(
            lamps.key(), Map.of("translationOf", lamps.key(), "language", "lv"));
    desk.change(translated, "body", "Skat. [" + lamps.key() + "](/app/m/x/" + lamps.key() + ")");
    desk.is(RITA);
  }

  @AfterEach
  void close() throws InterruptedException {
    desk.close();
  }

  private byte[] exported() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    desk.export.write(out);
    return out.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      entries.put(entry.getName(), in.readAllBytes());
    }
    return entries;
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ZipOutputStream zip = new ZipOutputStream(out);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      zip.putNextEntry(new ZipEntry(entry.getKey()));
      zip.write(entry.getValue());
      zip.closeEntry();
    }
    zip.close();
    return out.toByteArray();
  }

  /** As if another desk had written it. */
  private Map<String, byte[]> foreign() throws IOException {
    Map<String, byte[]> entries = entries(exported());
    Map<String, Object> head = Json.object(entries.get(Layout.HEAD));
    head.put("desk", "elsewhere");
    entries.put(Layout.HEAD, Json.write(head));
    return entries;
  }

  private Report bring(byte[] zip, boolean trial) {
    return desk.archiveImport.bring(new ByteArrayInputStream(zip), trial);
  }

  private Report bring(Map<String, byte[]> entries) throws IOException {
    return bring(zip(entries), false);
  }

  private void edit(Map<String, byte[]> entries, String key, String from, String to) {
    String name = Layout.article(key);
    String text = new String(entries.get(name), StandardCharsets.UTF_8);
    assertTrue(text.contains(from), text);
    entries.put(name, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
  }

  private Article arrived(Article there) {
    long id = desk.arrivals.find("elsewhere", there.key()).orElseThrow().article();
    return desk.store.find(id).orElseThrow();
  }

  @Test
  void everythingIsThereAfterTheWay() throws IOException {
    Report report = bring(foreign());
    assertEquals(List.of(), report.problems());
    assertTrue(report.complete());
    assertEquals(2, report.created());
    assertEquals(1, report.files());
    Article here = arrived(lamps);
    lamps = desk.store.find(lamps.id()).orElseThrow();
    assertFalse(here.id() == lamps.id());
    assertEquals("Lamps", here.title());
    assertEquals(Stage.PUBLISHED, here.state());
    assertEquals(Optional.of(2), here.published());
    assertEquals(Optional.of(3), here.working());
    assertEquals(Audience.TEAMS, here.audience());
    assertEquals(lamps.teams(), here.teams());
    assertEquals(lamps.category(), here.category(), "the shelf was there already");
    assertEquals(lamps.owner(), here.owner());
    assertEquals(lamps.reviewer(), here.reviewer());
    assertEquals(lamps.reviewDue(), here.reviewDue());
    assertEquals(lamps.validUntil(), here.validUntil());
    assertEquals(lamps.createdAt(), here.createdAt());
    for (int number = 1; number <= 3; number++) {
      ArticleVersion there = desk.store.version(lamps.id(), number).orElseThrow();
      ArticleVersion came = desk.store.version(here.id(), number).orElseThrow();
      assertEquals(there.stage(), came.stage());
      assertEquals(there.title(), came.title());
      assertEquals(there.authorName(), came.authorName());
      assertEquals(there.author(), came.author());
      assertEquals(there.writers(), came.writers());
      assertEquals(there.createdAt(), came.createdAt());
      assertEquals(there.submittedAt(), came.submittedAt());
      assertEquals(there.submitNote(), came.submitNote());
      assertEquals(there.reviewerName(), came.reviewerName());
      assertEquals(there.publishedAt(), came.publishedAt());
      assertEquals(there.endedAt(), came.endedAt());
      assertEquals(
          there.words().body().replace(lamps.key(), here.key()).replaceAll("files/\\d+", "files/N"),
          came.words().body().replaceAll("files/\\d+", "files/N"));
    }
    assertEquals(3, desk.store.versions(here.id(), 99, 99).size());
  }

  @Test
  void picturesAndLinksLeadToWhatCame() throws IOException {
    bring(foreign());
    Article here = arrived(lamps);
    Enclosure.Line file = desk.files.of(here.id()).get(0);
    assertEquals("lamp.png", file.name());
    assertEquals("image/png", file.pictureType());
    assertArrayEquals(PICTURE, desk.files.find(here.id(), file.id()).orElseThrow().content());
    String body = desk.store.version(here.id(), 2).orElseThrow().words().body();
    assertTrue(
        body.contains(
            "/api/v1/knowledge/articles/" + here.key() + "/files/" + file.id() + "/inline"),
        body);
    assertFalse(body.contains(lamps.key()), body);
    Article translation = arrived(translated);
    assertEquals(Optional.of(here.id()), translation.source());
    assertEquals(
        "Skat. [" + here.key() + "](/app/m/x/" + here.key() + ")",
        desk.store.version(translation.id(), 1).orElseThrow().words().body());
  }

  @Test
  void theSameAgainChangesNothing() throws IOException {
    byte[] zip = zip(foreign());
    bring(zip, false);
    long version = arrived(lamps).version();
    long articles = desk.store.size();
    Report again = bring(zip, false);
    assertEquals(2, again.unchanged());
    assertEquals(0, again.created() + again.updated() + again.refused() + again.files());
    assertEquals(List.of(), again.problems());
    assertEquals(version, arrived(lamps).version());
    assertEquals(articles, desk.store.size());
    Report own = bring(exported(), false);
    assertEquals(4, own.unchanged(), "what this desk wrote itself");
    assertEquals(articles, desk.store.size());
  }

  @Test
  void whatChangedThereChangesHereUnlessItWasChangedHere() throws IOException {
    bring(foreign());
    desk.change(lamps, "title", "Lamps, bulbs and tubes");
    desk.is(ANNA);
    long second = desk.enclosures.add(lamps.key(), "notes.txt", new byte[] {1, 2}).id();
    desk.is(RITA);
    desk.enclosures.remove(lamps.key(), picture);
    Map<String, byte[]> later = foreign();
    later
        .keySet()
        .removeIf(name -> !name.equals(Layout.HEAD) && name.contains(arrived(lamps).key()));
    Report report = bring(later);
    assertEquals(1, report.updated(), report.toString());
    assertEquals(1, report.files());
    Article here = arrived(lamps);
    assertEquals("Lamps, bulbs and tubes", desk.store.version(here.id(), 3).orElseThrow().title());
    assertEquals(3, desk.store.versions(here.id(), 99, 99).size());
    assertEquals(
        List.of("notes.txt"), desk.files.of(here.id()).stream().map(Enclosure.Line::name).toList());
    assertTrue(second > 0);
    desk.change(here, "kind", "faq");
    desk.change(lamps, "kind", "policy");
    report = bring(foreign());
    assertEquals("error.knowledge.archive.changed", report.problems().get(0).problem());
    assertEquals("faq", arrived(lamps).kind());
  }

  @Test
  void aTrialDoesNothing() throws IOException {
    long articles = desk.store.size();
    Report report = bring(zip(foreign()), true);
    assertTrue(report.dryRun());
    assertEquals(2, report.created());
    assertEquals(1, report.files());
    assertEquals(List.of(), report.problems());
    assertEquals(articles, desk.store.size());
    assertEquals(Optional.empty(), desk.arrivals.find("elsewhere", lamps.key()));
  }

  @Test
  void oneThatIsWrongKeepsNoOtherOut() throws IOException {
    Map<String, byte[]> entries = foreign();
    edit(entries, lamps.key(), "\"team5\"", "\"nobody\"");
    edit(entries, lamps.key(), "\"stage\":\"draft\"", "\"stage\":\"half\"");
    for (boolean trial : List.of(true, false)) {
      Report report = bring(zip(entries), trial);
      assertEquals(1, report.refused());
      assertEquals(1, report.created());
      assertEquals(0, report.files());
      assertEquals(1, report.problems().size(), report.toString());
      Report.Problem problem = report.problems().get(0);
      assertEquals(Layout.article(lamps.key()), problem.entry());
      assertEquals("Lamps and bulbs", problem.title());
      assertEquals("versions[2].stage: error.knowledge.archive.stage", problem.problem());
    }
    entries = foreign();
    edit(entries, lamps.key(), "\"team5\"", "\"nobody\"");
    assertEquals(
        "teams: error.knowledge.field.team teams: error.knowledge.field.teams",
        bring(entries).problems().get(0).problem());
  }

  @Test
  void versionsThatCouldNotHaveComeAboutAreRefused() throws IOException {
    Map<String, byte[]> entries = foreign();
    edit(entries, lamps.key(), "\"stage\":\"replaced\"", "\"stage\":\"published\"");
    edit(entries, translated.key(), "\"number\":1", "\"number\":0");
    List<String> problems =
        bring(entries).problems().stream().map(Report.Problem::problem).toList();
    assertEquals(2, problems.size(), problems.toString());
    assertEquals("versions: error.knowledge.archive.versions", problems.get(0));
    assertTrue(problems.get(1).startsWith("versions[0].number"), problems.get(1));
  }

  @Test
  void whatWasCutOffGoesOn() throws IOException {
    byte[] whole = zip(foreign());
    Map<String, byte[]> entries = foreign();
    entries.remove(Layout.END);
    entries.keySet().removeIf(name -> name.startsWith("files/"));
    Report report = bring(entries);
    assertFalse(report.complete());
    assertEquals(
        List.of("error.knowledge.archive.missing", "error.knowledge.archive.end"),
        report.problems().stream().map(Report.Problem::problem).toList());
    assertEquals(List.of(), desk.files.of(arrived(lamps).id()));
    Report rest = bring(whole, false);
    assertTrue(rest.complete());
    assertEquals(1, rest.files());
    assertEquals(1, desk.files.of(arrived(lamps).id()).size());
    Report half = bring(Arrays.copyOf(whole, whole.length / 2), false);
    assertFalse(half.complete());
    assertTrue(half.problems().size() > 0);
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    for (byte[] bytes : List.of(new byte[0], "{}".getBytes(StandardCharsets.UTF_8))) {
      assertEquals(ErrorKind.MALFORMED, kind(bytes));
    }
    assertEquals(ErrorKind.MALFORMED, kind(zip(Map.of("a.json", new byte[2]))));
    Map<String, byte[]> later = foreign();
    Map<String, Object> head = Json.object(later.get(Layout.HEAD));
    head.put("version", 2);
    later.put(Layout.HEAD, Json.write(head));
    assertEquals(ErrorKind.INVALID, kind(zip(later)));
    desk.is(TestCaller.person(8));
    assertEquals(ErrorKind.FORBIDDEN, kind(zip(foreign())));
  }

  private ErrorKind kind(byte[] zip) {
    return assertThrows(DomainException.class, () -> bring(zip, false)).kind();
  }

  @Test
  void aFileIsAsLargeAsWasSaidAndNotTooLarge() throws IOException {
    Map<String, byte[]> entries = foreign();
    entries.put(Layout.file(lamps.key(), picture), new byte[10]);
    entries.remove(Layout.END);
    entries.put("notes.txt", new byte[1]);
    entries.put(Layout.END, "{\"articles\":2}".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of("error.knowledge.archive.size", "error.knowledge.archive.entry"),
        bring(entries).problems().stream().map(Report.Problem::problem).toList());
    entries.put(Layout.file(lamps.key(), picture), new byte[(10 << 20) + 1]);
    assertEquals(ErrorKind.TOO_LARGE, kind(zip(entries)));
  }

  @Test
  void whoIsNotKnownHereStaysAsAName() throws IOException {
    Map<String, byte[]> entries = foreign();
    edit(entries, lamps.key(), "\"person1\"", "\"somebody else\"");
    assertEquals(List.of(), bring(entries).problems());
    Article here = arrived(lamps);
    assertEquals(Optional.empty(), here.owner());
    ArticleVersion first = desk.store.version(here.id(), 1).orElseThrow();
    assertEquals("Person 1", first.authorName());
    assertEquals(
        desk.store.version(lamps.id(), 1).orElseThrow().submittedAt(), first.submittedAt());
  }

  @Test
  void categoriesThatAreMissingAreMade() throws IOException {
    Map<String, byte[]> entries = foreign();
    edit(entries, lamps.key(), "[\"Rooms\",\"Light\"]", "[\"Halls\",\"Light\"]");
    assertEquals(List.of(), bring(entries).problems());
    assertEquals(
        List.of("Halls", "Light"),
        new Shelf(desk.store.categories()).path(arrived(lamps).category().orElseThrow()));
  }

  @Test
  void anArticleThatWasTakenBackComesTakenBack() throws IOException {
    desk.step(ANNA, lamps, Step.RETIRE);
    desk.is(RITA);
    bring(foreign());
    assertEquals(Stage.RETIRED, arrived(lamps).state());
    assertEquals(Optional.of(2), arrived(lamps).published());
    assertEquals(Optional.of(3), arrived(lamps).working());
  }
}
