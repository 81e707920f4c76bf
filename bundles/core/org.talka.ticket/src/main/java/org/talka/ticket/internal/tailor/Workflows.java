/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.ticket.internal.design.DesignJson;
import org.talka.ticket.internal.design.PublishedWorkflow;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.StateMove;
import org.talka.ticket.internal.design.StateMoves;
import org.talka.ticket.internal.design.WorkflowDesign;
import org.talka.ticket.internal.design.WorkflowDesign.StateDesign;
import org.talka.ticket.internal.design.WorkflowDesign.TransitionDesign;
import org.talka.ticket.internal.design.WorkflowRules;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.rule.PlainText;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.rule.RefusedValue;
import org.talka.ticket.internal.store.NumberSeries;
import org.talka.ticket.internal.type.Declared;
import org.talka.ticket.internal.type.TicketType;

/**
 * Workflows as administrators draw them: a draft, checked at every step, then published as a
 * version that takes effect at once and can be taken back.
 */
@Component(service = Workflows.class)
public class Workflows {
  private static final int STATES = 60;
  private static final int TRANSITIONS = 200;
  private static final int PLACE = 20_000;
  private static final int NOTE_MAX = 500;
  private static final Set<String> GUARDS = Set.of(WorkflowDefinition.Transition.NO_OPEN_TASKS);
  private static final Set<String> COMMENTS = Set.of("none", "optional", "required");

  private final Office office;
  private final StateMoves moves;
  private final StateMover mover;
  private final NumberSeries numbers;

  @Activate
  public Workflows(
      @Reference Office office,
      @Reference StateMoves moves,
      @Reference StateMover mover,
      @Reference NumberSeries numbers) {
    this.office = office;
    this.moves = moves;
    this.mover = mover;
    this.numbers = numbers;
  }

  public Workbench get(String key) {
    office.require();
    List<TicketType> types = types(key);
    Optional<Setting> setting = office.store().find(key(key));
    Optional<Workbench.DraftOf> draft =
        setting.flatMap(
            found ->
                draft(found)
                    .map(
                        design ->
                            new Workbench.DraftOf(
                                shown(key, design), found.changedAt(), found.changedBy())));
    Optional<PublishedWorkflow> published = published(key, types);
    WorkflowDesign current = current(key, types);
    return new Workbench(
        key,
        types.stream().map(TicketType::key).toList(),
        types.get(0).module(),
        published.map(PublishedWorkflow::number).orElse(0),
        shown(key, current),
        draft,
        draft.map(found -> errors(key, types, found.design())).orElse(List.of()),
        draft.map(found -> leaving(types, current, found.design())).orElse(List.of()),
        published
            .flatMap(last -> before(key, types, last))
            .map(before -> back(types, current, before)),
        troubles(key, types, current, draft.map(Workbench.DraftOf::design)),
        moves.all().stream().anyMatch(move -> has(types, move.type())),
        setting.map(Setting::version).orElse(0L));
  }

  /** Every version that took effect, the latest first. */
  public List<PublishedWorkflow> versions(String key) {
    office.require();
    types(key);
    return office.store().versions(key);
  }

  /**
   * Keeps a draft, sound or not.
   *
   * @param version the one that the client saw
   */
  public void draw(String key, long version, WorkflowDesign design) {
    office.require();
    List<TicketType> types = types(key);
    if (types.get(0).missing()) {
      throw DomainException.conflict("error.ticket.design.module-away");
    }
    Refusals refusals = new Refusals();
    WorkflowDesign kept = read(key, design, refusals);
    refusals.raise();
    save(key, version, new Draft(kept), "workflow.drafted");
  }

  /** Throws the draft away. */
  public void discard(String key, long version) {
    office.require();
    types(key);
    save(key, version, Draft.NONE, "workflow.discarded");
  }

  /**
   * Lets the draft take effect.
   *
   * @param replacements for states that go while tickets are in them: where those tickets come to
   */
  public void publish(String key, long version, Map<String, String> replacements, String note) {
    office.write(
        () -> {
          List<TicketType> types = types(key);
          WorkflowDesign draft =
              office
                  .lock(key(key), version, Draft.class)
                  .flatMap(Draft::drawn)
                  .orElseThrow(() -> DomainException.conflict("error.ticket.design.no-draft"));
          Refusals refusals = new Refusals();
          errors(key, types, draft).forEach(e -> refusals.add(e.field(), e.message()));
          String said = note(note, refusals);
          refusals.raise();
          WorkflowDesign before = current(key, types);
          move(key, types, before, draft, replacements);
          int number =
              office.store().versions(key).stream()
                      .mapToInt(PublishedWorkflow::number)
                      .max()
                      .orElse(0)
                  + 1;
          office
              .store()
              .add(
                  new PublishedWorkflow(
                      key,
                      number,
                      types.get(0).module(),
                      draft,
                      declared(types),
                      said,
                      office.now(),
                      office.name(),
                      Optional.empty()));
          office.save(key(key), version + 1, Draft.NONE);
          office.audit("workflow.published", "workflow:" + key, details(number, before, draft));
          return null;
        });
    mover.wake();
  }

  /** The version in effect goes, the one before takes effect again. */
  public void takeBack(String key, long version, Map<String, String> replacements) {
    office.write(
        () -> {
          List<TicketType> types = types(key);
          Optional<Draft> draft = office.lock(key(key), version, Draft.class);
          PublishedWorkflow last = published(key, types).orElseThrow(Workflows::nothingPublished);
          WorkflowDesign before = current(key, types);
          WorkflowDesign after = before(key, types, last).orElseThrow(Workflows::nothingPublished);
          move(key, types, before, after, replacements);
          office
              .store()
              .takeBack(
                  key, last.number(), new PublishedWorkflow.TakenBack(office.now(), office.name()));
          office.save(key(key), version + 1, draft.orElse(Draft.NONE));
          office.audit(
              "workflow.taken-back", "workflow:" + key, details(last.number(), before, after));
          return null;
        });
    mover.wake();
  }

  private static Setting.Key key(String key) {
    return new Setting.Key(Setting.Kind.WORKFLOW, key);
  }

  private void save(String key, long version, Draft draft, String action) {
    // a draft changes nothing for anybody: the desk need not read its types again
    office.quietly(
        () -> {
          office.lock(key(key), version, Draft.class);
          office.save(key(key), version + 1, draft);
          office.audit(action, "workflow:" + key, Map.of());
        });
  }

  private List<TicketType> types(String key) {
    List<TicketType> types = office.types().ofWorkflow(key);
    if (types.isEmpty()) {
      throw DomainException.notFound("error.ticket.design.workflow-unknown");
    }
    // two modules may use one name; a design is about one of them
    String module = types.get(0).module();
    return types.stream().filter(type -> type.module().equals(module)).toList();
  }

  private static boolean has(List<TicketType> types, String key) {
    return types.stream().anyMatch(type -> type.key().equals(key));
  }

  private static Optional<WorkflowDesign> draft(Setting setting) {
    return DesignJson.read(setting.body(), Draft.class).drawn();
  }

  private Optional<PublishedWorkflow> published(String key, List<TicketType> types) {
    return Optional.ofNullable(office.designs().workflows().get(key))
        .filter(workflow -> workflow.module().equals(types.get(0).module()));
  }

  /** What takes effect again; for the first workflow of an own type there is none. */
  private Optional<WorkflowDesign> before(
      String key, List<TicketType> types, PublishedWorkflow last) {
    return office.store().versions(key).stream()
        .filter(version -> version.takenBack().isEmpty() && version.number() < last.number())
        .findFirst()
        .map(PublishedWorkflow::design)
        .or(() -> last.base().flatMap(base -> declared(types)));
  }

  private Workbench.Back back(
      List<TicketType> types, WorkflowDesign current, WorkflowDesign before) {
    return new Workbench.Back(
        before.states().stream().map(StateDesign::key).toList(), leaving(types, current, before));
  }

  private static DomainException nothingPublished() {
    return DomainException.conflict("error.ticket.design.nothing-published");
  }

  private Optional<WorkflowDesign> declared(List<TicketType> types) {
    return Optional.ofNullable(office.types().declared().types().get(types.get(0).key()))
        .map(Declared.Type::workflow)
        .map(WorkflowDesign::of);
  }

  /** As it is in effect, with the names and places that were given to it. */
  private WorkflowDesign current(String key, List<TicketType> types) {
    WorkflowDesign inEffect = WorkflowDesign.of(types.get(0).workflow());
    Optional<WorkflowDesign> drawn = published(key, types).map(PublishedWorkflow::design);
    if (drawn.isEmpty()) {
      return declared(types).orElse(inEffect);
    }
    return new WorkflowDesign(
        inEffect.initial(),
        inEffect.states().stream()
            .map(state -> drawn.get().state(state.key()).orElse(state))
            .toList(),
        inEffect.transitions().stream()
            .map(transition -> drawn.get().transition(transition.key()).orElse(transition))
            .toList());
  }

  /** With the names that people read in each language. */
  private WorkflowDesign shown(String key, WorkflowDesign design) {
    return new WorkflowDesign(
        design.initial(),
        design.states().stream()
            .map(
                state ->
                    new StateDesign(
                        state.key(),
                        state.category(),
                        office.names("state." + key + "." + state.key(), state.names()),
                        state.x(),
                        state.y()))
            .toList(),
        design.transitions().stream()
            .map(
                t ->
                    new TransitionDesign(
                        t.key(),
                        office.names("transition." + key + "." + t.key(), t.names()),
                        t.from(),
                        t.to(),
                        t.requires(),
                        t.permission(),
                        t.comment(),
                        t.requester(),
                        t.guards()))
            .toList());
  }

  private WorkflowDesign read(String key, WorkflowDesign given, Refusals refusals) {
    if (given.states().size() > STATES) {
      refusals.add("states", "error.ticket.field.too-many", "max", STATES);
    }
    if (given.transitions().size() > TRANSITIONS) {
      refusals.add("transitions", "error.ticket.field.too-many", "max", TRANSITIONS);
    }
    refusals.raise();
    List<StateDesign> states = new ArrayList<>();
    for (int i = 0; i < given.states().size(); i++) {
      states.add(state(key, given.states().get(i), "states[" + i + "]", refusals));
    }
    List<TransitionDesign> transitions = new ArrayList<>();
    for (int i = 0; i < given.transitions().size(); i++) {
      transitions.add(
          transition(key, given.transitions().get(i), "transitions[" + i + "]", refusals));
    }
    return new WorkflowDesign(
        given.initial().length() > 60 ? "" : given.initial(), states, transitions);
  }

  private StateDesign state(String key, StateDesign state, String path, Refusals refusals) {
    if (part(state == null ? null : state.key(), path, refusals)) {
      return state;
    }
    if (state.category() == null) {
      refusals.add(path + ".category", "error.ticket.field.required");
    }
    return new StateDesign(
        state.key(),
        state.category(),
        office.names(
            state.names(),
            "state." + key + "." + state.key(),
            Office.NAME_MAX,
            "states." + state.key() + ".names",
            refusals),
        place(state.x()),
        place(state.y()));
  }

  private TransitionDesign transition(
      String key, TransitionDesign way, String path, Refusals refusals) {
    if (part(way == null ? null : way.key(), path, refusals)) {
      return way;
    }
    boolean bounded =
        way.to() != null
            && way.to().length() <= 60
            && way.from().size() <= STATES
            && way.requires().size() <= 50
            && way.permission().length() <= 100
            && way.from().stream().allMatch(from -> from.length() <= 60)
            && way.requires().stream().allMatch(field -> field.length() <= 80);
    if (!bounded) {
      refusals.add(path, "error.ticket.design.key");
    }
    if (!COMMENTS.contains(way.comment())) {
      refusals.add(
          path + ".comment",
          "error.ticket.field.choice",
          "options",
          String.join(", ", COMMENTS.stream().sorted().toList()));
    }
    if (!GUARDS.containsAll(way.guards())) {
      refusals.add(
          path + ".guards", "error.ticket.field.choice", "options", String.join(", ", GUARDS));
    }
    return new TransitionDesign(
        way.key(),
        office.names(
            way.names(),
            "transition." + key + "." + way.key(),
            Office.NAME_MAX,
            "transitions." + way.key() + ".names",
            refusals),
        way.from().stream().distinct().toList(),
        way.to(),
        way.requires().stream().distinct().toList(),
        way.permission(),
        way.comment(),
        way.requester(),
        way.guards().stream().distinct().toList());
  }

  /** Whether the key is wrong; then nothing more is said of the part. */
  private static boolean part(String key, String path, Refusals refusals) {
    boolean wrong = key == null || !Keys.PART.matcher(key).matches();
    if (wrong) {
      refusals.add(path, "error.ticket.design.key");
    }
    return wrong;
  }

  private static Integer place(Integer place) {
    return place == null ? null : Math.max(0, Math.min(PLACE, place));
  }

  private List<FieldError> errors(String key, List<TicketType> types, WorkflowDesign design) {
    Around around = new Around(key, types);
    List<FieldError> errors = new ArrayList<>(WorkflowRules.errors(design, around));
    // a module that gave no names is its own affair: pages make something readable of its keys
    WorkflowDesign delivered = declared(types).orElse(design);
    for (StateDesign state : design.states()) {
      boolean nameless = office.names("state." + key + "." + state.key(), state.names()).isEmpty();
      if (nameless && (delivered == design || delivered.state(state.key()).isEmpty())) {
        errors.add(nameless("states." + state.key(), state.key()));
      }
    }
    for (TransitionDesign way : design.transitions()) {
      boolean nameless = office.names("transition." + key + "." + way.key(), way.names()).isEmpty();
      if (nameless && (delivered == design || delivered.transition(way.key()).isEmpty())) {
        errors.add(nameless("transitions." + way.key(), way.key()));
      }
    }
    return errors;
  }

  private static FieldError nameless(String place, String key) {
    return new FieldError(place, Text.of("error.ticket.design.nameless", "key", key));
  }

  private final class Around implements WorkflowRules.Surroundings {
    private final String key;
    private final List<TicketType> types;
    private final Set<String> permissions = office.permissions();

    Around(String key, List<TicketType> types) {
      this.key = key;
      this.types = types;
    }

    @Override
    public String state(StateDesign state) {
      return office.shown("state." + key + "." + state.key(), state.names(), state.key());
    }

    @Override
    public String transition(TransitionDesign way) {
      return office.shown("transition." + key + "." + way.key(), way.names(), way.key());
    }

    @Override
    public boolean field(String field) {
      return BuiltIns.editable(field).isPresent()
          || types.stream()
              .allMatch(
                  type ->
                      type.fields().containsKey(field) && !type.retiredFields().contains(field));
    }

    @Override
    public boolean permission(String permission) {
      return permissions.contains(permission);
    }
  }

  private List<Workbench.Leaving> leaving(
      List<TicketType> types, WorkflowDesign before, WorkflowDesign after) {
    return before.states().stream()
        .map(StateDesign::key)
        .filter(state -> after.state(state).isEmpty())
        .map(state -> new Workbench.Leaving(state, used(types, state)))
        .toList();
  }

  private boolean used(List<TicketType> types, String state) {
    return types.stream().anyMatch(type -> moves.any(type.key(), state))
        || moves.all().stream()
            .anyMatch(move -> move.to().equals(state) && has(types, move.type()));
  }

  /** Takes tickets along that are in states which go, or which mean something else now. */
  private void move(
      String key,
      List<TicketType> types,
      WorkflowDesign before,
      WorkflowDesign after,
      Map<String, String> replacements) {
    Map<String, String> given = replacements == null ? Map.of() : replacements;
    Refusals refusals = new Refusals();
    Map<String, StateDesign> targets = new LinkedHashMap<>();
    for (Workbench.Leaving leaving : leaving(types, before, after)) {
      Optional<StateDesign> target =
          Optional.ofNullable(given.get(leaving.state())).flatMap(after::state);
      if (target.isPresent()) {
        targets.put(leaving.state(), target.get());
      } else if (leaving.used()) {
        refusals.add(
            "replacements." + leaving.state(),
            "error.ticket.design.state-used",
            "state",
            office.shown(
                "state." + key + "." + leaving.state(),
                before.state(leaving.state()).map(StateDesign::names).orElse(Map.of()),
                leaving.state()));
      }
    }
    refusals.raise();
    for (StateDesign state : after.states()) {
      Optional<StateCategory> was = before.state(state.key()).map(StateDesign::category);
      if (was.isPresent() && was.get() != state.category()) {
        targets.put(state.key(), state);
      }
    }
    List<StateMove> underWay = moves.all();
    for (TicketType type : types) {
      targets.forEach(
          (from, to) -> {
            redirect(underWay, type.key(), from, to);
            moves.add(new StateMove(numbers.id(), type.key(), from, to.key(), to.category()));
          });
    }
  }

  /** What was on its way to a state that goes comes to where that state's tickets come. */
  private void redirect(List<StateMove> underWay, String type, String gone, StateDesign to) {
    for (StateMove move : underWay) {
      if (move.type().equals(type) && move.to().equals(gone)) {
        moves.remove(move.id());
        moves.add(new StateMove(numbers.id(), type, move.from(), to.key(), to.category()));
      }
    }
  }

  private static String note(String note, Refusals refusals) {
    try {
      return note == null ? "" : PlainText.line(note, NOTE_MAX);
    } catch (RefusedValue refused) {
      refusals.add("note", refused.reason());
      return "";
    }
  }

  /** What a module's own code may go by is said before it goes. */
  private List<Text> troubles(
      String key, List<TicketType> types, WorkflowDesign current, Optional<WorkflowDesign> draft) {
    List<Text> troubles = new ArrayList<>();
    troubles.addAll(office.troubles(Setting.Kind.WORKFLOW, key));
    WorkflowDesign checked = draft.orElse(current);
    Optional<WorkflowDesign> declared = declared(types);
    Around around = new Around(key, types);
    if (declared.isPresent() && !types.get(0).module().equals("core")) {
      Set<String> gone = new LinkedHashSet<>();
      declared.get().states().stream()
          .filter(state -> checked.state(state.key()).isEmpty())
          .forEach(state -> gone.add(around.state(state)));
      declared.get().transitions().stream()
          .filter(way -> checked.transition(way.key()).isEmpty())
          .forEach(way -> gone.add(around.transition(way)));
      gone.forEach(name -> troubles.add(Text.of("error.ticket.design.module-uses", "name", name)));
    }
    return troubles;
  }

  private static Map<String, String> details(
      int number, WorkflowDesign before, WorkflowDesign after) {
    Map<String, String> details = new HashMap<>();
    details.put("version", Integer.toString(number));
    put(details, "statesAdded", keys(after, before));
    put(details, "statesRemoved", keys(before, after));
    put(details, "transitionsAdded", ways(after, before));
    put(details, "transitionsRemoved", ways(before, after));
    return details;
  }

  private static void put(Map<String, String> details, String name, List<String> keys) {
    if (!keys.isEmpty()) {
      details.put(name, String.join(", ", keys));
    }
  }

  private static List<String> keys(WorkflowDesign of, WorkflowDesign without) {
    return of.states().stream()
        .map(StateDesign::key)
        .filter(state -> without.state(state).isEmpty())
        .toList();
  }

  private static List<String> ways(WorkflowDesign of, WorkflowDesign without) {
    return of.transitions().stream()
        .map(TransitionDesign::key)
        .filter(way -> without.transition(way).isEmpty())
        .toList();
  }
}
