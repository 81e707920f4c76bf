/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.security.GrantScope;
import org.talka.api.security.PersonId;
import org.talka.api.security.RecordVisibility;
import org.talka.api.security.TeamId;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.api.ticket.TransitionCondition;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.fake.FakeGrantBook;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.TicketExtensions;
import org.talka.ticket.internal.rule.TransitionGuards;
import org.talka.ticket.internal.rule.Workflow;

/** Why somebody may do something with a ticket, in sentences. */
@PersistenceTest(units = "ticket")
class TicketAccessTest {
  private static final PersonId RITA = new PersonId(3);
  private static final PersonId SANDIS = new PersonId(4);
  private static final String MODULE = "fault";

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;
  private TicketAccess access;
  private ReasonWords words;

  TicketAccessTest(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @BeforeEach
  void open() throws IOException {
    it = new DeskUnderTest(database, transactions);
    it.registry.declared(FakeDeclarations.faults());
    access =
        new TicketAccess(
            it.colleagues,
            it.visibility,
            new Workflow(new TicketExtensions(it.gate, it.registry)),
            new TransitionGuards(it.taskStore),
            it.registry);
    words =
        new ReasonWords(new English(), it.people, it.colleagues, new FakeGrantBook(it.colleagues));
  }

  @AfterEach
  void close() throws InterruptedException {
    it.close();
  }

  private TicketImage ritas(String type) {
    Map<String, Object> values = Map.of("subject", "x", "requester", "rita", "team", "network");
    return it.as(ANNA, () -> it.desk.create(type, values, true));
  }

  private Verdict verdict(PersonId person, TicketImage ticket, Deed deed) {
    return access.of(person, ticket).stream()
        .filter(each -> each.deed() == deed)
        .findFirst()
        .orElseThrow();
  }

  private List<String> why(PersonId person, TicketImage ticket, Deed deed) {
    return words.sentences(person, verdict(person, ticket, deed), Locale.ENGLISH);
  }

  @Test
  void saysTheGroundAndTheRole() {
    TicketImage ticket = ritas("incident");
    assertTrue(verdict(RITA, ticket, Deed.REPLY).allowed());
    assertEquals(
        List.of("It is this person’s own request.", "“ticket:comment” comes with: agent."),
        why(RITA, ticket, Deed.REPLY));
  }

  @Test
  void saysWhatIsMissingAndWhoCouldGiveIt() {
    it.colleagues.set(FakeCaller.agent(1, "anna").with("person:admin", GrantScope.ALL));
    TicketImage ticket = ritas("incident");
    assertEquals(
        List.of(
            "No role of this person gives “ticket:note”.",
            "These roles give it: The boss. They can be given by: Anna."),
        why(RITA, ticket, Deed.NOTE));
  }

  @Test
  void saysThatAScopeIsTooNarrowOrWideEnough() {
    TicketImage ticket = ritas("incident");
    Verdict blind = verdict(SANDIS, ticket, Deed.SEE);
    assertEquals(List.of(new Reason.OutOfReach("ticket:read", GrantScope.OWN)), blind.reasons());
    assertEquals(List.of(new Reason.Unseen()), verdict(SANDIS, ticket, Deed.REPLY).reasons());
    it.colleagues.set(
        FakeCaller.person(4, "sandis", Map.of("ticket:read", GrantScope.TEAM))
            .in(Set.of(new TeamId(2)), Optional.empty()));
    assertEquals(
        List.of(
            "The ticket is with a team of this person, Network.",
            "“ticket:read” comes with: agent."),
        why(SANDIS, ticket, Deed.SEE));
  }

  @Test
  void namesTheModuleWhoseRuleHidesOrCantBeAsked() {
    TicketImage ticket = ritas("fault");
    it.gate.add(RecordVisibility.class, MODULE, context -> new Filter.None(), Map.of());
    assertEquals(List.of(new Reason.Hidden(MODULE)), verdict(RITA, ticket, Deed.SEE).reasons());
    it.gate.withdraw(MODULE, Duration.ZERO);
    assertEquals(List.of(new Reason.Away(MODULE)), verdict(RITA, ticket, Deed.SEE).reasons());
    it.colleagues.set(FakeCaller.agent(1, "anna").with("module:admin", GrantScope.ALL));
    Verdict administrator = verdict(new PersonId(1), ticket, Deed.SEE);
    assertTrue(administrator.allowed());
    assertTrue(administrator.reasons().contains(new Reason.Excused(MODULE)));
  }

  @Test
  void namesTheModuleThatClosesAStep() {
    TicketImage ticket = ritas("fault");
    it.gate.add(TransitionCondition.class, MODULE, context -> false, Map.of());
    Verdict step = verdict(new PersonId(1), ticket, Deed.TRANSITION);
    assertEquals(List.of(new Reason.ClosedBy(MODULE)), step.reasons());
  }

  @Test
  void saysOfAClosedAccountThatAlone() {
    TicketImage ticket = ritas("incident");
    PersonId left = new PersonId(5);
    List<Verdict> verdicts = access.of(left, ticket);
    assertEquals(1, verdicts.size());
    assertEquals(List.of(new Reason.Closed()), verdicts.get(0).reasons());
  }

  /** The bundle's own words, as far as they have no choices in them. */
  private static final class English implements Translator {
    private final Map<?, ?> words =
        new ObjectMapper()
            .readValue(
                Path.of("src/main/resources/TALKA-INF/i18n/en.json").toFile(), TreeMap.class);

    English() throws IOException {}

    @Override
    public String translate(Text text, Locale locale) {
      String sentence = (String) words.get(text.key());
      if (sentence == null) {
        return text.key();
      }
      for (Map.Entry<String, String> arg : text.args().entrySet()) {
        sentence = sentence.replace("{" + arg.getKey() + "}", arg.getValue());
      }
      return sentence;
    }
  }
}
