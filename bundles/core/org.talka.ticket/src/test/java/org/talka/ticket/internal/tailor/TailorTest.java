/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.talka.ticket.internal.fake.DeskUnderTest.ANNA;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.module.ModuleDescriptor;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.ticket.internal.design.OptionDesign;
import org.talka.ticket.internal.design.SectionDesign;
import org.talka.ticket.internal.design.StateMove;
import org.talka.ticket.internal.design.WorkflowDesign;
import org.talka.ticket.internal.design.WorkflowDesign.StateDesign;
import org.talka.ticket.internal.design.WorkflowDesign.TransitionDesign;
import org.talka.ticket.internal.fake.DeskUnderTest;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeDeclarations;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.type.TicketType;

/** Administrators change types, fields and workflows while the desk works. */
@PersistenceTest(units = "ticket")
class TailorTest {
  private static final Caller ADMIN = FakeCaller.agent(7, "ada").with("type:admin", GrantScope.ALL);
  private static final Map<String, String> NAMES = Map.of("en", "Asset tag", "lv", "Inventārs");

  private final Database database;
  private final Transactions transactions;
  private DeskUnderTest it;

  TailorTest(Database database, Transactions transactions) {
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

  // fields

  @Test
  void aFieldOfTheDesksOwnIsUsedAtOnceAndAfterARestart() {
    String key = field(wishes("text", List.of("incident"), NAMES));
    assertEquals("assetTag", key);
    assertEquals(1, it.overlay.changes());
    assertEquals("Inventārs", it.overlay.word("lv", "field.assetTag"));
    List<FormSection> form = incident().definition().form();
    assertTrue(form.get(form.size() - 1).fields().contains(key));
    TicketImage ticket = incident(Map.of("subject", "s", "fields", Map.of(key, "A-17")));
    assertEquals(Map.of(key, "A-17"), ticket.fields());
    try (DeskUnderTest again = new DeskUnderTest(database, transactions)) {
      assertEquals(
          Map.of(key, "A-17"), again.as(ANNA, () -> again.reader.get(ticket.key())).fields());
      assertEquals("Asset tag", again.overlay.word("en", "field.assetTag"));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void onlyWhoeverHasThePermissionChangesAnything() {
    FieldWishes wishes = wishes("text", List.of("incident"), NAMES);
    for (Caller caller : List.of(ANNA, RITA)) {
      DomainException refused = refused(caller, () -> it.fields.create(wishes));
      assertEquals(ErrorKind.FORBIDDEN, refused.kind());
      assertEquals(ErrorKind.FORBIDDEN, refused(caller, () -> it.workflows.get("incident")).kind());
      assertEquals(ErrorKind.FORBIDDEN, refused(caller, () -> it.types.keys()).kind());
    }
  }

  @Test
  void aRetiredFieldKeepsItsValuesAndTakesNoNewOnes() {
    String key = field(wishes("text", List.of("incident"), NAMES));
    TicketImage ticket = incident(Map.of("subject", "s", "fields", Map.of(key, "A-17")));
    change(key, retired(true));
    assertEquals(Map.of(key, "A-17"), read(ticket).fields());
    DomainException refused =
        refused(
            ANNA,
            () ->
                it.desk.update(
                    ticket.key(), Optional.empty(), Map.of("fields", Map.of(key, "B")), true));
    assertEquals("error.ticket.field.retired", only(refused).message().key());
    assertTrue(incident().definition().form().stream().noneMatch(s -> s.fields().contains(key)));
    change(key, retired(false));
    assertTrue(incident().definition().form().stream().anyMatch(s -> s.fields().contains(key)));
  }

  @Test
  void aRequiredFieldIsDemandedOfNewTicketsAndNotOfOldOnes() {
    TicketImage old = incident(Map.of("subject", "s"));
    String key = field(wishes("text", List.of("incident"), NAMES));
    change(key, required(true));
    DomainException refused = refused(ANNA, () -> incident(Map.of("subject", "s")));
    assertEquals("fields." + key, only(refused).field());
    it.as(ANNA, () -> it.desk.update(old.key(), Optional.empty(), Map.of("subject", "t"), true));
  }

  @Test
  void optionsOfADeclaredChoiceAreRenamedRetiredAndAdded() {
    change(
        "incidentCategory",
        options(
            new OptionDesign("network", Map.of("en", "Network and Wi-Fi", "lv", "Tīkls"), false),
            new OptionDesign(null, Map.of("en", "Phones"), false),
            new OptionDesign("printing", Map.of(), true)));
    assertEquals(
        List.of("network", "phones", "hardware", "software", "access", "other"),
        incident().fields().get("incidentCategory").options());
    assertEquals("Network and Wi-Fi", it.overlay.word("en", "field.incidentCategory.network"));
    incident(Map.of("subject", "s", "fields", Map.of("incidentCategory", "phones")));
    DomainException refused =
        refused(
            ADMIN,
            () ->
                it.fields.change(
                    "incidentCategory", 1, options(new OptionDesign("network", Map.of(), false))));
    assertEquals("error.ticket.design.option-removed", only(refused).message().key());
  }

  @Test
  void aNameThatABundleGivesItselfIsNotKept() {
    change("service", named(Map.of("en", "Service", "lv", "Sistēma")));
    assertEquals(Map.of("lv", "Sistēma"), it.fields.design("service").orElseThrow().names());
  }

  @Test
  void whatEveryTicketHasIsRenamedAndNothingElse() {
    change("subject", named(Map.of("en", "In short", "lv", "Īsumā")));
    assertEquals("Īsumā", it.overlay.word("lv", "field.subject"));
    assertEquals(List.of(), it.registry.types().troubles());
    DomainException refused = refused(ADMIN, () -> it.fields.change("team", 0, retired(true)));
    assertEquals("error.ticket.design.built-in", only(refused).message().key());
    it.as(ADMIN, () -> remove("subject"));
    assertEquals("Subject", it.overlay.word("en", "field.subject"));
  }

  @Test
  void aFieldThatAStepNeedsCantBeRetired() {
    DomainException refused =
        refused(ADMIN, () -> it.fields.change("resolutionCode", 0, retired(true)));
    assertEquals("error.ticket.design.field-needed", refused.text().key());
    assertEquals("Resolve", refused.text().args().get("transition"));
  }

  @Test
  void wrongWishesAreRefusedAllAtOnce() {
    DomainException refused =
        refused(
            ADMIN,
            () ->
                it.fields.create(
                    new FieldWishes(
                        "subject",
                        "choice",
                        List.of("nothing"),
                        Map.of("en", "A {brace}", "de", "x"),
                        null,
                        List.of(),
                        null,
                        null,
                        "somebody",
                        null,
                        null,
                        null,
                        null)));
    assertEquals(
        List.of("audience", "key", "names", "names", "names.en", "on", "on", "options"),
        refused.fieldErrors().stream().map(FieldError::field).sorted().toList());
  }

  @Test
  void aChangeOfAnOlderVersionIsRefused() {
    String key = field(wishes("number", List.of("incident"), NAMES));
    change(key, required(true));
    DomainException stale = refused(ADMIN, () -> it.fields.change(key, 1, required(false)));
    assertEquals(ErrorKind.STALE, stale.kind());
  }

  @Test
  void anUnusedFieldGoesForEverAndAUsedOneStays() {
    String used = field(wishes("text", List.of("incident"), NAMES));
    incident(Map.of("subject", "s", "fields", Map.of(used, "A-17")));
    String unused = field(wishes("text", List.of("incident"), Map.of("lv", "Cits lauks")));
    assertEquals("citsLauks", unused);
    // whoever reads English has at least this name
    assertEquals("Cits lauks", it.overlay.word("en", "field.citsLauks"));
    assertEquals(ErrorKind.CONFLICT, refused(ADMIN, () -> remove(used)).kind());
    it.as(ADMIN, () -> remove(unused));
    assertFalse(it.registry.types().fields().containsKey(unused));
    assertEquals(List.of(), it.registry.types().troubles());
  }

  // types

  @Test
  void aTypeFromNothingIsUsedAtOnce() {
    String key = type(null);
    assertEquals("room-booking", key);
    TicketImage ticket = it.as(ANNA, () -> it.desk.create(key, Map.of("subject", "Room 3"), true));
    assertTrue(ticket.key().startsWith("ROO-"), ticket.key());
    assertEquals("new", ticket.state());
    move(ticket, "start");
    move(ticket, "finish");
    assertEquals(StateCategory.RESOLVED, read(ticket).category());
    assertEquals("Jauns", it.overlay.word("lv", "state.room-booking.new"));
    assertEquals(ErrorKind.CONFLICT, refused(ADMIN, () -> removeType(key)).kind());
  }

  @Test
  void aCopyHasTheFieldsFormAndWorkflowOfItsOriginal() {
    String key = type("incident");
    TicketType copy = it.registry.types().find(key).orElseThrow();
    assertEquals(incident().workflow().states(), copy.workflow().states());
    assertEquals(incident().definition().form(), copy.definition().form());
    assertEquals("Atrisināt", it.overlay.word("lv", "transition.room-booking.resolve"));
    TicketImage ticket =
        it.as(
            ANNA,
            () ->
                it.desk.create(
                    key,
                    Map.of("subject", "s", "fields", Map.of("incidentCategory", "network")),
                    true));
    it.as(
        ANNA,
        () ->
            it.desk.transition(
                ticket.key(),
                Optional.empty(),
                "resolve",
                Map.of("resolutionCode", "fixed"),
                Optional.empty(),
                false,
                true));
    assertEquals("resolved", read(ticket).state());
    // the original is as it was
    assertEquals(List.of("incident"), FakeDeclarations.desk().fields().get(0).on());
  }

  @Test
  void aRetiredTypeKeepsItsTicketsAndGetsNoNewOnes() {
    String key = type("incident");
    TicketImage ticket = it.as(ANNA, () -> it.desk.create(key, Map.of("subject", "s"), true));
    changeType(key, 1, retiredType());
    assertEquals(
        "type",
        only(refused(ANNA, () -> it.desk.create(key, Map.of("subject", "s"), true))).field());
    move(ticket, "start");
    assertEquals("in-progress", read(ticket).state());
  }

  @Test
  void keysAndPrefixesOfOthersAreRefused() {
    DomainException refused =
        refused(
            ADMIN,
            () ->
                it.types.create(
                    new TypeWishes(
                        "incident", "INC", null, null, NAMES, null, null, null, null, null)));
    assertEquals(
        List.of("key", "prefix"),
        refused.fieldErrors().stream().map(FieldError::field).sorted().toList());
  }

  @Test
  void aFormKeepsWhatATicketCantBeSavedWithout() {
    DomainException refused =
        refused(
            ADMIN,
            () ->
                it.types.change(
                    "incident",
                    0,
                    form(
                        new SectionDesign(
                            null, Map.of("en", "All"), List.of("service", "nothing"), Map.of()))));
    assertEquals(
        List.of("error.ticket.design.form-field-gone", "error.ticket.design.form-needs"),
        refused.fieldErrors().stream().map(e -> e.message().key()).sorted().toList());
    changeType(
        "incident",
        0,
        form(
            new SectionDesign(
                null, Map.of("en", "All at once"), List.of("subject", "service"), Map.of())));
    assertEquals(
        List.of(new FormSection("all-at-once", List.of("subject", "service"), Map.of())),
        incident().definition().form());
    changeType("incident", 1, form());
    assertEquals(
        FakeDeclarations.desk().ticketTypes().get(0).form(), incident().definition().form());
  }

  @Test
  void aModuleCantTakeWhatTheDeskHasMade() {
    it.as(
        ADMIN,
        () ->
            it.fields.create(
                new FieldWishes(
                    "faultCause",
                    "text",
                    List.of("incident"),
                    NAMES,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null)));
    DomainException refused =
        assertThrows(DomainException.class, () -> it.registry.declared(FakeDeclarations.faults()));
    assertEquals("error.ticket.type.taken-here", refused.text().key());
    assertEquals("faultCause", refused.text().args().get("name"));
  }

  @Test
  void whatIsSetForAModuleThatGoesHasNoEffectAndIsTold() {
    it.registry.declared(FakeDeclarations.faults());
    String field = field(wishes("text", List.of("fault"), NAMES));
    changeType(
        "incident",
        0,
        form(
            new SectionDesign(
                "all", Map.of("en", "All"), List.of("subject", "faultCost"), Map.of())));
    it.registry.withdrawn(FakeDeclarations.faults());
    assertEquals(
        List.of(new FormSection("all", List.of("subject"), Map.of())),
        incident().definition().form());
    assertEquals(
        List.of("error.ticket.design.form-field-gone"),
        it.registry.types().troubles().stream().map(t -> t.what().key()).toList());
    it.registry.declared(FakeDeclarations.faults());
    assertEquals(List.of(), it.registry.types().troubles());
    assertTrue(it.registry.types().find("fault").orElseThrow().editable().contains(field));
  }

  // workflows

  @Test
  void aDraftChangesNothingUntilItIsPublished() {
    WorkflowDesign before = it.as(ADMIN, () -> it.workflows.get("incident")).current();
    draw(with(before, "on-hold", StateCategory.PENDING, "hold", "in-progress", "resume-hold"));
    assertTrue(incident().state("on-hold").isEmpty());
    assertEquals(0, it.overlay.changes());
    publish(Map.of());
    assertEquals(StateCategory.PENDING, incident().category("on-hold"));
    assertEquals("On hold", it.overlay.word("en", "state.incident.on-hold"));
    TicketImage ticket = incident(Map.of("subject", "s"));
    move(ticket, "start");
    move(ticket, "hold");
    assertEquals("on-hold", read(ticket).state());
    // what is shown for it outlasts a restart
    it.registry.refresh();
    assertEquals(StateCategory.PENDING, incident().category("on-hold"));
  }

  @Test
  void anUnsoundDraftIsKeptExplainedAndNotPublished() {
    WorkflowDesign before = it.as(ADMIN, () -> it.workflows.get("incident")).current();
    List<StateDesign> states = new ArrayList<>(before.states());
    states.add(new StateDesign("alone", StateCategory.ACTIVE, Map.of("en", "Alone"), 5, 7));
    draw(new WorkflowDesign("", states, before.transitions()));
    Workbench bench = it.as(ADMIN, () -> it.workflows.get("incident"));
    assertEquals(List.of("initial"), places(bench));
    draw(new WorkflowDesign("new", states, before.transitions()));
    bench = it.as(ADMIN, () -> it.workflows.get("incident"));
    assertEquals(List.of("states.alone", "states.alone"), places(bench));
    assertEquals("Alone", bench.errors().get(0).message().args().get("state"));
    DomainException refused = refused(ADMIN, () -> publish(Map.of()));
    assertEquals(ErrorKind.INVALID, refused.kind());
    assertTrue(incident().state("alone").isEmpty());
  }

  @Test
  void ticketsLeaveAStateThatGoesForTheOneThatIsNamed() {
    TicketImage ticket = incident(Map.of("subject", "s"));
    it.as(
        ANNA,
        () ->
            it.desk.transition(
                ticket.key(),
                Optional.empty(),
                "assign",
                Map.of("team", "desk"),
                Optional.empty(),
                false,
                true));
    draw(without(it.as(ADMIN, () -> it.workflows.get("incident")).current(), "assigned"));
    Workbench bench = it.as(ADMIN, () -> it.workflows.get("incident"));
    assertEquals(List.of(new Workbench.Leaving("assigned", true)), bench.leaving());
    DomainException refused = refused(ADMIN, () -> publish(Map.of()));
    assertEquals("replacements.assigned", only(refused).field());
    assertTrue(incident().state("assigned").isPresent());
    publish(Map.of("assigned", "in-progress"));
    until(() -> it.moves.all().isEmpty());
    TicketImage after = read(ticket);
    assertEquals("in-progress", after.state());
    assertEquals(StateCategory.ACTIVE, after.category());
    assertEquals(ticket.version() + 2, after.version());
    assertFalse(it.as(ADMIN, () -> it.workflows.get("incident")).moving());
  }

  @Test
  void aMoveThatWasCutOffGoesOnAtTheNextStart() throws InterruptedException {
    TicketImage ticket = incident(Map.of("subject", "s"));
    it.moves.add(
        new StateMove(it.numbers.id(), "incident", "new", "in-progress", StateCategory.ACTIVE));
    try (DeskUnderTest again = new DeskUnderTest(database, transactions)) {
      again.mover.wake();
      until(() -> again.moves.all().isEmpty());
    }
    assertEquals("in-progress", read(ticket).state());
  }

  @Test
  void aStateToWhichTicketsAreOnTheirWayCountsAsUsed() {
    it.moves.add(
        new StateMove(it.numbers.id(), "incident", "elsewhere", "pending", StateCategory.PENDING));
    draw(without(it.as(ADMIN, () -> it.workflows.get("incident")).current(), "pending"));
    assertEquals("replacements.pending", only(refused(ADMIN, () -> publish(Map.of()))).field());
    publish(Map.of("pending", "in-progress"));
    assertTrue(it.moves.all().stream().noneMatch(move -> move.to().equals("pending")));
    until(() -> it.moves.all().isEmpty());
  }

  @Test
  void ticketsFollowWhenAStateComesToMeanSomethingElse() {
    TicketImage ticket = incident(Map.of("subject", "s"));
    move(ticket, "start");
    WorkflowDesign before = it.as(ADMIN, () -> it.workflows.get("incident")).current();
    draw(
        new WorkflowDesign(
            before.initial(),
            before.states().stream()
                .map(
                    s ->
                        s.key().equals("in-progress")
                            ? new StateDesign(
                                s.key(), StateCategory.PENDING, s.names(), s.x(), s.y())
                            : s)
                .toList(),
            before.transitions()));
    publish(Map.of());
    until(() -> it.moves.all().isEmpty());
    assertEquals(StateCategory.PENDING, read(ticket).category());
    assertEquals("in-progress", read(ticket).state());
  }

  @Test
  void theLastVersionIsTakenBackAndKeptInTheList() {
    WorkflowDesign before = it.as(ADMIN, () -> it.workflows.get("incident")).current();
    draw(with(before, "on-hold", StateCategory.PENDING, "hold", "in-progress", "resume-hold"));
    publish(Map.of());
    TicketImage ticket = incident(Map.of("subject", "s"));
    move(ticket, "start");
    move(ticket, "hold");
    assertEquals("replacements.on-hold", only(refused(ADMIN, () -> takeBack(Map.of()))).field());
    takeBack(Map.of("on-hold", "pending"));
    assertTrue(incident().state("on-hold").isEmpty());
    until(() -> it.moves.all().isEmpty());
    assertEquals("pending", read(ticket).state());
    var versions = it.as(ADMIN, () -> it.workflows.versions("incident"));
    assertEquals(1, versions.size());
    assertEquals("ada", versions.get(0).takenBack().orElseThrow().by());
    assertEquals(ErrorKind.CONFLICT, refused(ADMIN, () -> takeBack(Map.of())).kind());
    draw(with(before, "on-hold", StateCategory.PENDING, "hold", "in-progress", "resume-hold"));
    publish(Map.of());
    assertEquals(2, it.as(ADMIN, () -> it.workflows.get("incident")).number());
  }

  @Test
  void theFirstWorkflowOfAnOwnTypeCantBeTakenBack() {
    String key = type(null);
    assertTrue(it.as(ADMIN, () -> it.workflows.get(key)).back().isEmpty());
    long version = it.as(ADMIN, () -> it.workflows.get(key)).version();
    DomainException refused = refused(ADMIN, () -> it.workflows.takeBack(key, version, Map.of()));
    assertEquals(ErrorKind.CONFLICT, refused.kind());
  }

  @Test
  void twoWhoDrawAtOnceDontOverwriteEachOther() {
    WorkflowDesign design = it.as(ADMIN, () -> it.workflows.get("incident")).current();
    draw(design);
    DomainException stale = refused(ADMIN, () -> it.workflows.draw("incident", 0, design));
    assertEquals(ErrorKind.STALE, stale.kind());
  }

  @Test
  void whatALaterVersionOfAModuleAddsIsSeenUnderWhatWasChanged() {
    it.registry.declared(FakeDeclarations.faults());
    it.as(
        ADMIN,
        () -> {
          WorkflowDesign before = it.workflows.get("fault").current();
          it.workflows.draw(
              "fault",
              0,
              with(before, "on-hold", StateCategory.PENDING, "hold", "new", "resume-hold"));
          it.workflows.publish("fault", 1, Map.of(), "");
          return null;
        });
    it.registry.replaced(FakeDeclarations.faults(), laterFaults());
    TicketType fault = it.registry.types().find("fault").orElseThrow();
    assertEquals(
        List.of("new", "checked", "done", "on-hold", "review"),
        fault.workflow().states().stream().map(WorkflowDefinition.State::key).toList());
    assertTrue(fault.transition("inspect").isPresent());
    assertEquals(
        List.of(WorkflowDefinition.Transition.NO_OPEN_TASKS),
        fault.transition("check").orElseThrow().guards(),
        "what its module asks for is asked for still");
    assertEquals(List.of(), it.registry.types().troubles());
    assertEquals(1, it.as(ADMIN, () -> it.workflows.get("fault")).number());
  }

  /** With one more state, and a way through it. */
  private static ModuleDescriptor laterFaults() {
    ModuleDescriptor now = FakeDeclarations.faults();
    WorkflowDefinition workflow = now.workflows().get(0);
    List<WorkflowDefinition.State> states = new ArrayList<>(workflow.states());
    states.add(new WorkflowDefinition.State("review", StateCategory.ACTIVE));
    List<WorkflowDefinition.Transition> ways = new ArrayList<>(workflow.transitions());
    ways.add(
        new WorkflowDefinition.Transition(
            "inspect", List.of("new"), "review", List.of(), null, null, false));
    ways.add(
        new WorkflowDefinition.Transition(
            "pass", List.of("review"), "done", List.of(), null, null, false));
    return new ModuleDescriptor(
        now.id(),
        "1.1.0",
        true,
        now.wants(),
        now.permissions(),
        now.ticketTypes(),
        now.fields(),
        List.of(new WorkflowDefinition("fault", "new", states, ways)),
        now.linkTypes(),
        now.actions(),
        now.ui(),
        now.widgets(),
        now.dashboards());
  }

  private static List<String> places(Workbench bench) {
    return bench.errors().stream().map(FieldError::field).toList();
  }

  private static WorkflowDesign with(
      WorkflowDesign before,
      String state,
      StateCategory category,
      String to,
      String from,
      String back) {
    List<StateDesign> states = new ArrayList<>(before.states());
    states.add(new StateDesign(state, category, Map.of("en", "On hold"), 10, 20));
    List<TransitionDesign> ways = new ArrayList<>(before.transitions());
    ways.add(way(to, "Hold", from, state));
    ways.add(way(back, "Go on", state, from));
    return new WorkflowDesign(before.initial(), states, ways);
  }

  private static TransitionDesign way(String key, String name, String from, String to) {
    return new TransitionDesign(
        key, Map.of("en", name), List.of(from), to, List.of(), null, null, false, List.of());
  }

  private static WorkflowDesign without(WorkflowDesign before, String state) {
    List<TransitionDesign> ways = new ArrayList<>();
    for (TransitionDesign way : before.transitions()) {
      List<String> from = way.from().stream().filter(key -> !key.equals(state)).toList();
      if (!way.to().equals(state) && !from.isEmpty()) {
        ways.add(
            new TransitionDesign(
                way.key(),
                way.names(),
                from,
                way.to(),
                way.requires(),
                way.permission(),
                way.comment(),
                way.requester(),
                way.guards()));
      }
    }
    return new WorkflowDesign(
        before.initial(),
        before.states().stream().filter(s -> !s.key().equals(state)).toList(),
        ways);
  }

  private void draw(WorkflowDesign design) {
    it.as(
        ADMIN,
        () -> {
          it.workflows.draw("incident", it.workflows.get("incident").version(), design);
          return null;
        });
  }

  private Object publish(Map<String, String> replacements) {
    return it.as(
        ADMIN,
        () -> {
          it.workflows.publish(
              "incident", it.workflows.get("incident").version(), replacements, "note");
          return null;
        });
  }

  private Object takeBack(Map<String, String> replacements) {
    return it.as(
        ADMIN,
        () -> {
          it.workflows.takeBack("incident", it.workflows.get("incident").version(), replacements);
          return null;
        });
  }

  private static FieldWishes wishes(String type, List<String> on, Map<String, String> names) {
    return new FieldWishes(
        null, type, on, names, null, null, null, null, null, null, null, null, null);
  }

  private static FieldWishes named(Map<String, String> names) {
    return wishes(null, null, names);
  }

  private static FieldWishes retired(boolean retired) {
    return new FieldWishes(
        null, null, null, null, null, null, null, null, null, null, retired, null, null);
  }

  private static FieldWishes required(boolean required) {
    return new FieldWishes(
        null, null, null, null, null, null, null, required, null, null, null, null, null);
  }

  private static FieldWishes options(OptionDesign... options) {
    return new FieldWishes(
        null, null, null, null, null, List.of(options), null, null, null, null, null, null, null);
  }

  private static TypeWishes form(SectionDesign... sections) {
    return new TypeWishes(null, null, null, null, null, null, null, null, List.of(sections), null);
  }

  private static TypeWishes retiredType() {
    return new TypeWishes(null, null, null, null, null, null, null, true, null, null);
  }

  private String field(FieldWishes wishes) {
    return it.as(ADMIN, () -> it.fields.create(wishes));
  }

  private void change(String key, FieldWishes wishes) {
    it.as(
        ADMIN,
        () -> {
          it.fields.change(key, it.fields.version(key), wishes);
          return null;
        });
  }

  private String remove(String key) {
    it.fields.remove(key);
    return key;
  }

  private String type(String copyOf) {
    return it.as(
        ADMIN,
        () ->
            it.types.create(
                new TypeWishes(
                    null,
                    "ROO",
                    null,
                    copyOf,
                    Map.of("en", "Room booking", "lv", "Telpas pieteikums"),
                    null,
                    null,
                    null,
                    null,
                    null)));
  }

  private void changeType(String key, long version, TypeWishes wishes) {
    it.as(
        ADMIN,
        () -> {
          it.types.change(key, version, wishes);
          return null;
        });
  }

  private String removeType(String key) {
    it.types.remove(key);
    return key;
  }

  private TicketType incident() {
    return it.registry.types().find("incident").orElseThrow();
  }

  private TicketImage incident(Map<String, Object> values) {
    return it.as(ANNA, () -> it.desk.create("incident", values, true));
  }

  private TicketImage read(TicketImage ticket) {
    return it.as(ANNA, () -> it.reader.get(ticket.key()));
  }

  private void move(TicketImage ticket, String transition) {
    it.as(
        ANNA,
        () ->
            it.desk.transition(
                ticket.key(),
                Optional.empty(),
                transition,
                Map.of(),
                Optional.empty(),
                false,
                true));
  }

  private DomainException refused(Caller caller, Runnable work) {
    return assertThrows(
        DomainException.class,
        () ->
            it.as(
                caller,
                () -> {
                  work.run();
                  return null;
                }));
  }

  private static FieldError only(DomainException refused) {
    assertEquals(1, refused.fieldErrors().size(), refused.toString());
    return refused.fieldErrors().get(0);
  }

  private static void until(BooleanSupplier done) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!done.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertTrue(done.getAsBoolean(), "tickets are still being moved");
  }
}
