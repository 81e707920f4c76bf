/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.error.DomainException;
import org.talka.module.ModuleData;
import org.talka.module.ModuleDescriptor;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.ticket.internal.attachment.AttachmentFiles;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.Attachments;
import org.talka.ticket.internal.service.TicketEvents;

@PersistenceTest(units = "ticket")
class TicketDataTest {
  private final TestDatabase database;
  private final ModuleDescriptor faults = FakeDeclarations.faults();
  @TempDir Path folder;
  private DeskUnderTest it;
  private AttachmentFiles files;
  private Attachments attachments;
  private TicketData data;

  TicketDataTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database.unit(), database.transactions());
    files =
        new AttachmentFiles(
            new AttachmentFiles.Config() {
              @Override
              public String data() {
                return folder.toString();
              }

              @Override
              public Class<AttachmentFiles.Config> annotationType() {
                return AttachmentFiles.Config.class;
              }
            });
    attachments =
        new Attachments(it.reader, it.writer, it.conversationStore, files, it.transactions);
    data =
        new TicketData(
            database.tables(),
            it.transactions,
            it.store,
            it.registry,
            new TicketEvents(it.events, it.clock),
            files,
            it.numbers);
    it.registry.declared(faults);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  /** An export in memory. */
  private static final class Kept implements ModuleData.Sink, ModuleData.Source {
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    @Override
    public void entry(String name, ModuleData.Writing content) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      content.to(out);
      entries.put(name, out.toByteArray());
    }

    @Override
    public List<String> entries() {
      return List.copyOf(entries.keySet());
    }

    @Override
    public InputStream open(String name) {
      return new ByteArrayInputStream(entries.get(name));
    }

    String text(String name) {
      return new String(entries.get(name), StandardCharsets.UTF_8);
    }
  }

  private TicketImage fault(String subject) {
    return it.as(ANNA, () -> it.desk.create("fault", Map.of("subject", subject), true));
  }

  private TicketImage incident(Map<String, Object> values) {
    return it.as(ANNA, () -> it.desk.create("incident", values, true));
  }

  private String attach(String key, String text) {
    return it.as(
        ANNA,
        () ->
            attachments
                .add(
                    key,
                    "log.txt",
                    "text/plain",
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .sha256());
  }

  private String read(String digest) {
    try (InputStream in = files.open(digest)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Kept export() throws IOException {
    Kept kept = new Kept();
    data.export("fault", kept);
    return kept;
  }

  private void bring(Kept kept) {
    it.transactions.required(
        () -> {
          try {
            data.bring("fault", kept);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return null;
        });
  }

  @Test
  void whatWasPurgedComesBackAsItWas() throws IOException {
    TicketImage incident =
        incident(Map.of("subject", "y", "faultSecret", "s", "faultMarks", List.of("a", "c")));
    for (int i = 0; i < 450; i++) {
      fault("f" + i);
    }
    String key = fault("last").key();
    it.as(ANNA, () -> it.conversation.say(key, "Seen again", true, List.of()));
    it.as(ANNA, () -> it.tasks.add(key, Map.of("title", "Look closer", "due", "2026-12-24")));
    it.as(ANNA, () -> it.links.link(key, "fault.causes", incident.key()));
    String own = attach(key, "only here");
    String shared = attach(key, "here and there");
    attach(incident.key(), "here and there");
    it.registry.withdrawn(faults);
    TicketImage before = it.as(ANNA, () -> it.reader.get(key));
    TicketImage other = it.as(ANNA, () -> it.reader.get(incident.key()));
    Map<String, Long> counts = data.count("fault");
    assertEquals(451, counts.get("tickets"));
    assertEquals(1, counts.get("links"));
    assertEquals(1, counts.get("fields"));

    Kept kept = export();
    data.purge("fault");

    assertTrue(data.count("fault").values().stream().allMatch(n -> n == 0), "something is left");
    assertThrows(DomainException.class, () -> it.as(ANNA, () -> it.reader.get(key)));
    TicketImage bare = it.as(ANNA, () -> it.reader.get(incident.key()));
    assertTrue(bare.fields().isEmpty(), bare.fields().toString());
    assertEquals(List.of(), it.as(ANNA, () -> it.links.of(bare)));
    assertFalse(it.registry.types().byKey().containsKey("fault"));
    assertThrows(UncheckedIOException.class, () -> read(own));
    assertEquals("here and there", read(shared));

    assertEquals(List.of(), data.conflicts("fault", kept));
    bring(kept);

    assertEquals(counts, data.count("fault"));
    assertEquals(before, it.as(ANNA, () -> it.reader.get(key)));
    TicketImage again = it.as(ANNA, () -> it.reader.get(incident.key()));
    assertEquals(other.fields(), again.fields());
    assertEquals(1, it.as(ANNA, () -> it.links.of(again)).size());
    assertEquals("only here", read(own));
    assertEquals(
        List.of("Look closer"),
        it.as(ANNA, () -> it.tasks.of(before)).stream().map(task -> task.title()).toList());
    assertEquals(List.of("Seen again"), said(before));
    it.registry.declared(faults);
    assertEquals("FLT-000452", fault("next").key());
  }

  private List<String> said(TicketImage ticket) {
    return it.as(ANNA, () -> it.conversation.comments(ticket, 0, 10)).stream()
        .map(comment -> comment.body())
        .toList();
  }

  @Test
  void numbersAreNotGivenAgainAfterAPurge() throws IOException {
    fault("one");
    data.purge("fault");
    assertEquals("FLT-000002", fault("two").key());
  }

  @Test
  void theIndexForgetsWhatWasPurged() {
    String key = fault("one").key();
    it.deliver();
    assertTrue(it.index.size() > 0);
    it.registry.withdrawn(faults);
    data.purge("fault");
    it.deliver();
    assertEquals(0, it.index.size(), key);
  }

  @Test
  void aPurgeThatWasCutOffGoesOn() throws IOException {
    String key = fault("one").key();
    attach(key, "gone already");
    Kept kept = export();
    // the bytes go first: a power cut may come right after them
    data.purge("fault");
    bring(kept);
    files.forget(sha(kept), () -> false);
    data.purge("fault");
    assertEquals(0, data.count("fault").get("tickets"));
  }

  private static String sha(Kept kept) {
    return kept.entries().stream()
        .filter(entry -> entry.startsWith("attachments/"))
        .map(entry -> entry.substring("attachments/".length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void refusesAnExportThatWouldTouchWhatIsHere() throws IOException {
    String key = fault("one").key();
    Kept kept = export();
    assertTrue(
        data.conflicts("fault", kept).stream()
            .anyMatch(c -> c.key().equals("ticket.import.taken") && c.args().containsValue(key)));
    data.purge("fault");
    Kept forged = new Kept();
    forged.entries.putAll(kept.entries);
    forged.entries.put(
        "tickets.jsonl",
        kept.text("tickets.jsonl")
            .replace("\"module_id\":\"fault\"", "\"module_id\":\"core\"")
            .getBytes(StandardCharsets.UTF_8));
    assertTrue(
        data.conflicts("fault", forged).stream()
            .anyMatch(c -> c.key().equals("ticket.import.foreign")));
    Kept stray = new Kept();
    stray.entries.putAll(kept.entries);
    stray.entries.put("tickets.jsonl", new byte[0]);
    assertTrue(
        data.conflicts("fault", stray).stream()
            .anyMatch(c -> c.key().equals("ticket.import.stray")));
  }
}
