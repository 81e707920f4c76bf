/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;
import org.talka.api.query.Filter;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.design.DesignStore;
import org.talka.ticket.internal.design.StateMoves;
import org.talka.ticket.internal.index.TicketDocuments;
import org.talka.ticket.internal.index.TicketIndexer;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.rule.FieldValues;
import org.talka.ticket.internal.rule.TicketExtensions;
import org.talka.ticket.internal.rule.TransitionGuards;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.service.Actions;
import org.talka.ticket.internal.service.CommentRules;
import org.talka.ticket.internal.service.Conversation;
import org.talka.ticket.internal.service.DeskClock;
import org.talka.ticket.internal.service.DeskTickets;
import org.talka.ticket.internal.service.Links;
import org.talka.ticket.internal.service.Mentions;
import org.talka.ticket.internal.service.TicketDesk;
import org.talka.ticket.internal.service.TicketEvents;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.service.TicketWriter;
import org.talka.ticket.internal.service.Watching;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.store.DatabaseDefinitionStore;
import org.talka.ticket.internal.store.DatabaseDesignStore;
import org.talka.ticket.internal.store.DatabaseRuleOwners;
import org.talka.ticket.internal.store.DatabaseStateMoves;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.store.TaskStore;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.tailor.Fields;
import org.talka.ticket.internal.tailor.Forms;
import org.talka.ticket.internal.tailor.Office;
import org.talka.ticket.internal.tailor.StateMover;
import org.talka.ticket.internal.tailor.Types;
import org.talka.ticket.internal.tailor.Workflows;
import org.talka.ticket.internal.task.Tasks;
import org.talka.ticket.internal.text.Markdown;
import org.talka.ticket.internal.type.TypeRegistry;

/** The whole ticket core on a real database, the platform around it in memory. */
public final class DeskUnderTest implements AutoCloseable {
  public static final Caller ANNA = FakeCaller.agent(1, "anna");
  public static final Caller BRUNO = FakeCaller.agent(2, "bruno");
  public static final Caller RITA = FakeCaller.requester(3, "rita");
  public static final Caller SANDIS = FakeCaller.requester(4, "sandis");

  public final FakeCallers callers = new FakeCallers();
  public final FakePeople people = new FakePeople();
  public final DeskClock clock = new DeskClock();
  public final FakeGate gate = new FakeGate();
  public final FakeIndex index = new FakeIndex();
  public final FakeColleagues colleagues =
      new FakeColleagues(people, callers, ANNA, BRUNO, RITA, SANDIS);
  public final FakeSeal seal = new FakeSeal();
  public final List<String> audited = new ArrayList<>();
  public final Transactions transactions;
  public final FakeEvents events;
  public final FakeOverlay overlay = new FakeOverlay();
  public final DesignStore designs;
  public final TypeRegistry registry;
  public final StateMoves moves;
  public final StateMover mover;
  public final Office office;
  public final Fields fields;
  public final Types types;
  public final Workflows workflows;
  public final TicketStore store;
  public final ConversationStore conversationStore;
  public final NumberSeries numbers;
  public final Visibility visibility;
  public final TicketReader reader;
  public final Mentions mentions;
  public final TicketWriter writer;
  public final TicketDesk desk;
  public final Conversation conversation;
  public final Links links;
  public final Watching watching;
  public final Actions actions;
  public final TicketIndexer indexer;
  public final TicketLists lists;
  public final DeskTickets tickets;
  public final TaskStore taskStore;
  public final Tasks tasks;

  public DeskUnderTest(Database database, Transactions transactions) {
    this.transactions = transactions;
    events = new FakeEvents(transactions, callers);
    designs = new DatabaseDesignStore(database);
    registry =
        new TypeRegistry(
            new DatabaseDefinitionStore(database), designs, new FakeDeclarations(), overlay);
    registry.declared(FakeDeclarations.desk());
    store = new TicketStore(database, registry);
    conversationStore = new ConversationStore(database, registry);
    numbers = new NumberSeries(database, transactions);
    visibility = new Visibility(gate, new DatabaseRuleOwners(database));
    reader = new TicketReader(store, visibility, callers, registry);
    taskStore = new TaskStore(database);
    TicketExtensions extensions = new TicketExtensions(gate, registry);
    mentions = new Mentions(visibility, people, colleagues, new Markdown());
    TicketEvents told = new TicketEvents(events, clock);
    writer =
        new TicketWriter(
            store, conversationStore, numbers, extensions, told, new Trail(), mentions, clock);
    FieldValues values = new FieldValues(people, gate);
    tasks =
        new Tasks(reader, writer, told, taskStore, store, visibility, values, transactions, seal);
    Workflow workflow = new Workflow(extensions);
    CommentRules rules = new CommentRules();
    desk =
        new TicketDesk(
            reader,
            writer,
            registry,
            numbers,
            values,
            workflow,
            extensions,
            new TransitionGuards(taskStore),
            rules,
            people,
            transactions);
    conversation =
        new Conversation(reader, writer, desk, workflow, rules, conversationStore, transactions);
    links = new Links(reader, writer, store, conversationStore, registry, visibility, transactions);
    watching = new Watching(reader, writer, people, transactions);
    actions = new Actions(reader, registry, values, rules, transactions, gate);
    TicketDocuments documents = new TicketDocuments(registry, gate);
    indexer = new TicketIndexer(index, events, store, conversationStore, documents);
    lists =
        new TicketLists(
            store,
            index,
            indexer,
            (query, catalogue) ->
                query.contains(":")
                    ? catalogue.term(
                        catalogue.field(query.split(":")[0]).orElseThrow(), query.split(":")[1])
                    : new Filter.Words(null, query, false),
            visibility,
            callers,
            people,
            registry,
            seal);
    tickets = new DeskTickets(reader, desk, conversation, links, lists);
    moves = new DatabaseStateMoves(database);
    mover = new StateMover(moves, store, writer, callers, transactions, Duration.ofMillis(20));
    office =
        new Office(
            designs, registry, new FakeDeclarations(), overlay, callers, new Trail(), transactions);
    Forms forms = new Forms(office);
    fields = new Fields(office, forms, moves);
    types = new Types(office, forms, moves);
    workflows = new Workflows(office, moves, mover, numbers);
  }

  public <T> T as(Caller caller, Supplier<T> work) {
    return callers.as(caller, work);
  }

  /** Delivers to the index, once it has been filled, what was published since the last time. */
  public void deliver() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!indexer.ready() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    indexer.consume(events.after(index.position().orElse(0), 1_000));
  }

  @Override
  public void close() throws InterruptedException {
    mover.stop();
    indexer.close();
  }

  private final class Trail implements Audit {
    @Override
    public void record(String action, String object, Map<String, String> details) {
      audited.add(action + " " + object + " " + details.get("priority"));
    }

    @Override
    public void recordAlways(String action, String object, Map<String, String> details) {
      record(action, object, details);
    }
  }
}
