/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;
import static org.talka.ticket.internal.fake.DeskUnderTest.SANDIS;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.ticket.TicketReference;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.store.ReferenceStore;

@PersistenceTest(units = "ticket")
class ReferencesTest {
  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private References references;
  private BundleReferences shelf;
  private BundleReferences other;
  private String key;

  ReferencesTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() {
    it = new DeskUnderTest(database, transactions);
    ReferenceStore store = new ReferenceStore(database);
    references = new References(it.reader, it.writer, store, transactions);
    shelf = new BundleReferences("shelf", references, store);
    other = new BundleReferences("other", references, store);
    key =
        it.as(RITA, () -> it.desk.create("incident", Map.of("subject", "The lamp is out"), true))
            .key();
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  private void add(Caller who, BundleReferences module, TicketReference reference) {
    it.as(
        who,
        () -> {
          module.add(key, reference);
          return null;
        });
  }

  private List<TicketReference> of(Caller who, BundleReferences module) {
    return it.as(who, () -> module.of(key));
  }

  private void remove(BundleReferences module, String record) {
    it.as(
        ANNA,
        () -> {
          module.remove(key, record);
          return null;
        });
  }

  private static TicketReference book(String record, String title, boolean internal) {
    return new TicketReference(record, title, "shelf.books/" + record, internal);
  }

  @Test
  void aModuleSeesItsOwnAndTheDeskSeesAll() {
    add(ANNA, shelf, book("B-1", "Lamps", false));
    add(ANNA, other, book("B-1", "Another", false));
    assertEquals(List.of(book("B-1", "Lamps", false)), of(ANNA, shelf));
    assertEquals(2, it.as(ANNA, () -> references.of(key)).size());
    remove(shelf, "B-1");
    remove(shelf, "B-1");
    assertEquals(List.of(), of(ANNA, shelf));
    assertEquals(1, of(ANNA, other).size());
  }

  @Test
  void requestersSeeNothingOfWhatIsInternalNorOfItsHistory() {
    add(ANNA, shelf, book("B-1", "Lamps", false));
    add(ANNA, shelf, book("B-2", "What we say of lamps", true));
    assertEquals(List.of(book("B-1", "Lamps", false)), of(RITA, shelf));
    List<HistoryEntry> seen = it.as(RITA, () -> it.conversation.history(it.reader.get(key), 0, 50));
    assertEquals(List.of("created", "referred"), seen.stream().map(HistoryEntry::kind).toList());
    assertEquals("B-1 Lamps", seen.get(1).changes().get(0).to());
  }

  @Test
  void theSameRecordTwiceIsOneWithTheNewTitle() {
    add(ANNA, shelf, book("B-1", "Lamps", false));
    add(ANNA, shelf, book("B-1", "All about lamps", true));
    assertEquals(List.of("All about lamps"), titles());
    shelf.retitle("B-1", "Light", false);
    other.retitle("B-1", "Not mine", false);
    assertEquals(List.of("Light"), titles());
    shelf.retitle("B-1", "Light", true);
    assertEquals(List.of(book("B-1", "Light", true)), of(ANNA, shelf));
    assertEquals(List.of(), of(RITA, shelf));
  }

  private List<String> titles() {
    return of(ANNA, shelf).stream().map(TicketReference::title).toList();
  }

  @Test
  void whoeverMayNotChangeTheTicketMayNotRefer() {
    assertEquals(ErrorKind.FORBIDDEN, refusal(RITA));
    assertEquals(ErrorKind.NOT_FOUND, refusal(SANDIS));
  }

  private ErrorKind refusal(Caller who) {
    return assertThrows(DomainException.class, () -> add(who, shelf, book("B-1", "Lamps", false)))
        .kind();
  }
}
