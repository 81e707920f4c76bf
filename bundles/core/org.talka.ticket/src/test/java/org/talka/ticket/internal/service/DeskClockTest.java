/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.TicketImage;

@PersistenceTest(units = "ticket")
class DeskClockTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;

  DeskClockTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  @Test
  void whatIsToldOfThePastCarriesItsTime() {
    Instant made = Instant.now().minus(Duration.ofDays(40)).truncatedTo(ChronoUnit.MICROS);
    Instant done = made.plus(Duration.ofHours(5));
    String key =
        it.clock
            .at(
                made,
                () -> it.as(ANNA, () -> it.desk.create("incident", Map.of("subject", "s"), true)))
            .key();
    it.clock.at(
        made.plusSeconds(60),
        () -> it.as(ANNA, () -> it.conversation.say(key, "Yes?", false, List.of())));
    it.clock.at(
        done,
        () ->
            it.as(
                ANNA,
                () ->
                    it.desk.transition(
                        key,
                        Optional.empty(),
                        "resolve",
                        Map.of("resolutionCode", "fixed"),
                        Optional.empty(),
                        false,
                        true)));
    TicketImage ticket = it.as(ANNA, () -> it.reader.get(key));
    assertEquals(made, ticket.createdAt());
    assertEquals(done, ticket.updatedAt());
    assertEquals(Optional.of(done), ticket.resolvedAt());
    assertEquals(
        made.plusSeconds(60),
        it.as(ANNA, () -> it.conversation.comments(ticket, 0, 10)).get(0).createdAt());
    it.as(ANNA, () -> it.conversation.history(ticket, 0, 10))
        .forEach(entry -> assertTrue(!entry.at().isAfter(done), entry.toString()));
    // and it is now again
    Instant before = Instant.now().truncatedTo(ChronoUnit.MICROS);
    assertFalse(
        it.as(ANNA, () -> it.desk.create("incident", Map.of("subject", "s"), true))
            .createdAt()
            .isBefore(before));
  }

  @Test
  void thePastIsThePast() {
    Instant past = Instant.now().minusSeconds(60);
    assertThrows(
        IllegalArgumentException.class,
        () -> it.clock.at(Instant.now().plusSeconds(60), () -> "tomorrow"));
    assertThrows(
        IllegalStateException.class, () -> it.clock.at(past, () -> it.clock.at(past, () -> "")));
    assertThrows(
        IllegalCallerException.class,
        () ->
            it.clock.at(
                past,
                () -> {
                  throw new IllegalCallerException();
                }));
    assertFalse(it.clock.now().isBefore(past.plusSeconds(59)));
  }

  @Test
  void nothingButTheDemonstrationTellsOfThePast() throws IOException {
    TreeSet<String> who = new TreeSet<>();
    Path classes = Path.of("target/classes");
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(file -> file.toString().endsWith(".class"))
          .filter(DeskClockTest::namesThePast)
          .forEach(file -> who.add(file.getFileName().toString()));
    }
    assertEquals(
        new TreeSet<>(
            List.of("DemoData.class", "DeskClock.class", "PastTime.class", "Samples.class")),
        who);
  }

  private static boolean namesThePast(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains("internal/service/PastTime");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
