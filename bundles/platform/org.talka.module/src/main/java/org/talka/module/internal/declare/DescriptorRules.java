/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.api.ui.DashboardDefinition;
import org.talka.api.ui.WidgetDefinition;
import org.talka.module.ModuleDescriptor;

/** What a descriptor must look like before anybody is told of it. */
public final class DescriptorRules {
  /** The id of bundles that are part of the desk. */
  public static final String CORE = "core";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,31}");
  private static final Pattern KEY = Pattern.compile("[a-z][a-zA-Z0-9_.-]{0,63}");
  private static final Pattern PREFIX = Pattern.compile("[A-Z]{2,5}");
  private static final Pattern FIELD = Pattern.compile("[a-z][a-zA-Z0-9]{0,63}");
  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");
  private static final Pattern PLACED =
      Pattern.compile("[a-z][a-z0-9-]{1,31}/[a-z][a-zA-Z0-9_.-]{0,63}");
  private static final Set<String> WIDGETS = Set.of("count", "list", "chart", "average");
  private static final Set<String> SHAPES = Set.of("bar", "line", "pie");

  /** Of a dashboard's grid. */
  private static final int COLUMNS = 12;

  private static final int ROWS = 200;
  private static final int LONGEST_LIST = 50;
  private static final int MOST_DAYS = 366;
  private static final int LEAST_SECONDS = 30;
  private static final int MOST_SECONDS = 3_600;
  private static final Set<String> WANTS = Set.of("database", "http", "mail", "jobs");
  private static final Set<String> SCOPES = Set.of("own", "team", "organisation", "all");
  private static final Set<String> COMMENTS = Set.of("none", "optional", "required");
  private static final Set<String> GUARDS = Set.of(WorkflowDefinition.Transition.NO_OPEN_TASKS);
  private static final Set<String> AUDIENCES = Set.of("all", "agent");
  private static final Set<String> CARDINALITIES =
      Set.of("many-to-many", "one-to-many", "many-to-one", "one-to-one");

  /** First parts of the desk's own REST paths, and its own persistence units. */
  private static final Set<String> RESERVED =
      Set.of(
          CORE,
          "appearance",
          "attachments",
          "audit",
          "board",
          "bulk-edits",
          "calendar",
          "canned-replies",
          "dashboards",
          "deliveries",
          "event",
          "events",
          "field-settings",
          "health",
          "home",
          "job",
          "jobs",
          "languages",
          "links",
          "markdown",
          "me",
          "metrics",
          "module",
          "modules",
          "notifications",
          "openapi.json",
          "organisations",
          "permissions",
          "persistence",
          "portal",
          "rest",
          "roles",
          "search",
          "security",
          "session",
          "sessions",
          "settings",
          "setup",
          "talka",
          "tasks",
          "teams",
          "ticket",
          "ticket-counts",
          "ticket-fields",
          "ticket-figures",
          "ticket-types",
          "tickets",
          "tokens",
          "type-settings",
          "ui",
          "users",
          "views",
          "words",
          "workflow-settings");

  private final ModuleDescriptor descriptor;
  private final List<FieldError> errors = new ArrayList<>();

  private DescriptorRules(ModuleDescriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** What is wrong, each with its place in the file; empty when nothing is. */
  public static List<FieldError> check(ModuleDescriptor descriptor) {
    DescriptorRules rules = new DescriptorRules(descriptor);
    rules.identity();
    if (rules.errors.isEmpty()) {
      rules.permissions();
      rules.workflows();
      rules.ticketTypes();
      rules.fields();
      rules.linkTypes();
      rules.actions();
      rules.ui();
      rules.widgets();
      rules.dashboards();
    }
    return List.copyOf(rules.errors);
  }

  private void identity() {
    String id = descriptor.id() == null ? "" : descriptor.id();
    matches("id", id, ID);
    if (descriptor.module() == RESERVED.contains(id)) {
      error("id", "error.module.descriptor.reserved", "value", id);
    }
    for (String want : descriptor.wants()) {
      oneOf("wants", want, WANTS);
    }
  }

  private void permissions() {
    Set<String> seen = new HashSet<>();
    each(
        "permissions",
        descriptor.permissions(),
        (place, permission) -> {
          once(place, permission.key(), seen);
          matches(place + ".key", permission.key(), PERMISSION);
          prefixed(place + ".key", permission.key(), ":");
          permission.roles().values().forEach(scope -> oneOf(place + ".roles", scope, SCOPES));
        });
  }

  private void workflows() {
    Set<String> seen = new HashSet<>();
    each(
        "workflows",
        descriptor.workflows(),
        (place, workflow) -> {
          once(place, workflow.key(), seen);
          matches(place + ".key", workflow.key(), KEY);
          workflow(place, workflow);
        });
  }

  private void workflow(String place, WorkflowDefinition workflow) {
    Set<String> states = new HashSet<>();
    each(
        place + ".states",
        workflow.states(),
        (at, state) -> {
          once(at, state.key(), states);
          matches(at + ".key", state.key(), KEY);
          if (state.category() == null) {
            error(at + ".category", "error.module.descriptor.missing");
          }
        });
    refers(place + ".initial", workflow.initial(), states);
    Set<String> transitions = new HashSet<>();
    each(
        place + ".transitions",
        workflow.transitions(),
        (at, transition) -> {
          once(at, transition.key(), transitions);
          matches(at + ".key", transition.key(), KEY);
          transition.from().forEach(from -> refers(at + ".from", from, states));
          refers(at + ".to", transition.to(), states);
          oneOf(at + ".comment", transition.comment(), COMMENTS);
          transition.guards().forEach(guard -> oneOf(at + ".guards", guard, GUARDS));
        });
  }

  private void ticketTypes() {
    Set<String> workflows = keys(descriptor.workflows(), WorkflowDefinition::key);
    Set<String> seen = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    each(
        "ticketTypes",
        descriptor.ticketTypes(),
        (place, type) -> {
          once(place, type.key(), seen);
          matches(place + ".key", type.key(), ID);
          matches(place + ".prefix", type.prefix(), PREFIX);
          once(place + ".prefix", type.prefix(), prefixes);
          refers(place + ".workflow", type.workflow(), workflows);
          form(place + ".form", type.form());
          form(place + ".portalForm", type.portalForm());
        });
  }

  private void form(String place, List<FormSection> form) {
    each(place, form, (at, section) -> matches(at + ".key", section.key(), KEY));
  }

  private void fields() {
    Set<String> seen = new HashSet<>();
    each(
        "fields",
        descriptor.fields(),
        (place, field) -> {
          once(place, field.key(), seen);
          matches(place + ".key", field.key(), FIELD);
          field(place, field);
        });
  }

  private void field(String place, FieldDefinition field) {
    if (field.type() == null || field.type().isBlank()) {
      error(place + ".type", "error.module.descriptor.missing");
    }
    if (field.on().isEmpty()) {
      error(place + ".on", "error.module.descriptor.missing");
    }
    if ("choice".equals(field.type()) && field.options().isEmpty()) {
      error(place + ".options", "error.module.descriptor.missing");
    }
    oneOf(place + ".audience", field.audience(), AUDIENCES);
  }

  private void linkTypes() {
    Set<String> seen = new HashSet<>();
    each(
        "linkTypes",
        descriptor.linkTypes(),
        (place, link) -> {
          once(place, link.key(), seen);
          matches(place + ".key", link.key(), KEY);
          prefixed(place + ".key", link.key(), ".");
          oneOf(place + ".cardinality", link.cardinality(), CARDINALITIES);
        });
  }

  private void actions() {
    Set<String> seen = new HashSet<>();
    each(
        "actions",
        descriptor.actions(),
        (place, action) -> {
          once(place, action.key(), seen);
          matches(place + ".key", action.key(), KEY);
          prefixed(place + ".key", action.key(), ".");
          oneOf(place + ".comment", action.comment(), COMMENTS);
        });
  }

  private void ui() {
    Set<String> seen = new HashSet<>();
    ContributionRules rules = new ContributionRules(descriptor.fields(), errors::add);
    each(
        "ui",
        descriptor.ui(),
        (place, contribution) -> {
          matches(place + ".key", contribution.key(), KEY);
          prefixed(place + ".key", contribution.key(), ".");
          matches(place + ".point", contribution.point(), KEY);
          once(place, contribution.point() + " " + contribution.key(), seen);
          rules.check(place, contribution);
        });
  }

  private void widgets() {
    Set<String> seen = new HashSet<>();
    each(
        "widgets",
        descriptor.widgets(),
        (place, widget) -> {
          once(place, widget.key(), seen);
          matches(place + ".key", widget.key(), KEY);
          prefixed(place + ".key", widget.key(), ".");
          oneOf(place + ".kind", widget.kind(), WIDGETS);
          if (widget.q() == null) {
            error(place + ".q", "error.module.descriptor.missing");
          }
          within(place + ".limit", widget.limit(), 0, LONGEST_LIST);
          within(place + ".width", widget.width(), 0, COLUMNS);
          within(place + ".height", widget.height(), 0, COLUMNS);
          if ("chart".equals(widget.kind())) {
            chart(place, widget);
          }
          if ("average".equals(widget.kind())) {
            matches(place + ".by", widget.by() == null ? "" : widget.by(), FIELD);
          }
        });
  }

  /** Either of groups or over time. */
  private void chart(String place, WidgetDefinition chart) {
    boolean grouped = chart.by() != null;
    if (grouped == !chart.over().isEmpty()) {
      error(place + ".by", "error.module.descriptor.either");
    } else if (grouped) {
      matches(place + ".by", chart.by(), FIELD);
    }
    chart.over().forEach(field -> matches(place + ".over", field, FIELD));
    within(place + ".days", chart.days(), 0, MOST_DAYS);
    String shape = chart.shape() == null ? "bar" : chart.shape();
    oneOf(place + ".shape", shape, SHAPES);
    if (shape.equals("pie") && !grouped || shape.equals("line") && grouped) {
      error(place + ".shape", "error.module.descriptor.shape");
    }
  }

  private void dashboards() {
    Set<String> seen = new HashSet<>();
    each(
        "dashboards",
        descriptor.dashboards(),
        (place, dashboard) -> {
          once(place, dashboard.key(), seen);
          matches(place + ".key", dashboard.key(), KEY);
          prefixed(place + ".key", dashboard.key(), ".");
          if (dashboard.refreshSeconds() != 0) {
            within(
                place + ".refreshSeconds", dashboard.refreshSeconds(), LEAST_SECONDS, MOST_SECONDS);
          }
          grid(place + ".widgets", dashboard.widgets());
        });
  }

  private void grid(String place, List<DashboardDefinition.Placed> widgets) {
    for (int i = 0; i < widgets.size(); i++) {
      DashboardDefinition.Placed widget = widgets.get(i);
      String at = place + "[" + i + "]";
      matches(at + ".widget", widget.widget(), PLACED);
      within(at + ".width", widget.width(), 1, COLUMNS);
      within(at + ".height", widget.height(), 1, COLUMNS);
      within(at + ".column", widget.column(), 0, COLUMNS - widget.width());
      within(at + ".row", widget.row(), 0, ROWS);
      if (widgets.subList(0, i).stream().anyMatch(other -> overlap(widget, other))) {
        error(at, "error.module.descriptor.overlap", "value", widget.widget());
      }
    }
  }

  private static boolean overlap(DashboardDefinition.Placed a, DashboardDefinition.Placed b) {
    return a.column() < b.column() + b.width()
        && b.column() < a.column() + a.width()
        && a.row() < b.row() + b.height()
        && b.row() < a.row() + a.height();
  }

  private void within(String place, int value, int min, int max) {
    if (value < min || value > max) {
      error(place, "error.module.descriptor.range", "value", value, "min", min, "max", max);
    }
  }

  private interface Check<T> {
    void check(String place, T element);
  }

  private <T> void each(String place, List<T> elements, Check<T> check) {
    for (int i = 0; i < elements.size(); i++) {
      check.check(place + "[" + i + "]", elements.get(i));
    }
  }

  private static <T> Set<String> keys(
      Collection<T> elements, java.util.function.Function<T, String> key) {
    Set<String> keys = new HashSet<>();
    elements.forEach(element -> keys.add(key.apply(element)));
    return keys;
  }

  private void matches(String place, String value, Pattern pattern) {
    if (value == null || value.isBlank()) {
      error(place, "error.module.descriptor.missing");
    } else if (!pattern.matcher(value).matches()) {
      error(place, "error.module.descriptor.pattern", "value", value);
    }
  }

  private void once(String place, String value, Set<String> seen) {
    if (value != null && !seen.add(value)) {
      error(place, "error.module.descriptor.twice", "value", value);
    }
  }

  private void refers(String place, String value, Set<String> known) {
    if (value == null || !known.contains(value)) {
      error(place, "error.module.descriptor.unknown", "value", value);
    }
  }

  private void oneOf(String place, String value, Set<String> allowed) {
    if (!allowed.contains(value)) {
      error(
          place,
          "error.module.descriptor.choice",
          "value",
          value,
          "allowed",
          String.join(", ", allowed.stream().sorted().toList()));
    }
  }

  /** A module's own keys begin with its id; the desk's own need not. */
  private void prefixed(String place, String value, String separator) {
    String prefix = descriptor.id() + separator;
    if (descriptor.module() && value != null && !value.startsWith(prefix)) {
      error(place, "error.module.descriptor.prefix", "value", value, "prefix", prefix);
    }
  }

  private void error(String place, String key, Object... namesAndValues) {
    errors.add(new FieldError(place, Text.of(key, namesAndValues)));
  }
}
