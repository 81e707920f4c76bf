/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ui.UiContributionDefinition;

/** What one contribution to the web UI must look like, beyond its name. */
final class ContributionRules {
  /** Points that show a field; what is shown so, is in the view. */
  private static final Set<String> FIELDS = Set.of("field.editor", "field.viewer", "list.cell");

  /** Points with the room that a page of its own needs. */
  private static final Set<String> FRAMED =
      Set.of(
          "page",
          "admin.page",
          "portal.page",
          "ticket.header",
          "ticket.panel",
          "ticket.tab",
          "dashboard.widget");

  /** The only place where visitors see something. */
  private static final String PUBLIC = "portal.page";

  private static final String MISSING = "error.module.descriptor.missing";
  private static final String PATTERN = "error.module.descriptor.pattern";
  private static final Pattern SCRIPT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_./-]*\\.js");
  private static final Pattern FRAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_./-]*\\.html");
  private static final Pattern SCOPE = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");

  private final Set<String> fields;
  private final Consumer<FieldError> errors;

  /**
   * @param fields that the same descriptor declares
   * @param errors is told what is wrong
   */
  ContributionRules(List<FieldDefinition> fields, Consumer<FieldError> errors) {
    this.fields = fields.stream().map(FieldDefinition::key).collect(Collectors.toSet());
    this.errors = errors;
  }

  void check(String place, UiContributionDefinition contribution) {
    file(place + ".script", contribution.script(), SCRIPT);
    file(place + ".frame", contribution.frame(), FRAME);
    if (contribution.frame() != null || !contribution.scopes().isEmpty()) {
      frame(place, contribution);
    }
    if (FIELDS.contains(contribution.point())) {
      field(place, contribution);
    }
    if (contribution.open()
        && (!PUBLIC.equals(contribution.point()) || contribution.permission() != null)) {
      error(place + ".open", "error.module.descriptor.open");
    }
  }

  private void file(String place, String file, Pattern pattern) {
    if (file != null
        && (file.contains("..") || file.contains("//") || !pattern.matcher(file).matches())) {
      error(place, PATTERN, "value", file);
    }
  }

  private void frame(String place, UiContributionDefinition contribution) {
    if (contribution.frame() == null) {
      error(place + ".frame", MISSING);
    } else if (contribution.script() != null || !contribution.view().isEmpty()) {
      error(place + ".frame", "error.module.descriptor.tier");
    } else if (!FRAMED.contains(contribution.point())) {
      error(
          place + ".point",
          "error.module.descriptor.choice",
          "value",
          String.valueOf(contribution.point()),
          "allowed",
          FRAMED.stream().sorted().collect(Collectors.joining(", ")));
    }
    for (String scope : contribution.scopes()) {
      if (!SCOPE.matcher(scope).matches()) {
        error(place + ".scopes", PATTERN, "value", scope);
      }
    }
    // there is no session that a visitor's token could be bound to
    if (contribution.open() && !contribution.scopes().isEmpty()) {
      error(place + ".scopes", "error.module.descriptor.visitors");
    }
  }

  private void field(String place, UiContributionDefinition contribution) {
    if (contribution.script() == null) {
      error(place + ".script", MISSING);
    }
    Object field = contribution.view().get("field");
    Object kind = contribution.view().get("kind");
    if (Stream.of(field, kind).filter(Objects::nonNull).count() != 1
        || contribution.view().size() != 1) {
      error(place + ".view", "error.module.descriptor.binding");
    } else if (field != null && !fields.contains(field)) {
      error(place + ".view.field", "error.module.descriptor.unknown", "value", field);
    } else if (kind != null && builtIn(kind)) {
      error(place + ".view.kind", "error.module.descriptor.kind", "value", kind);
    }
  }

  /** The desk's own kinds look the same everywhere; what is no text is none at all. */
  private static boolean builtIn(Object kind) {
    return !(kind instanceof String) || FieldDefinition.BUILT_IN_TYPES.contains(kind);
  }

  private void error(String place, String key, Object... namesAndValues) {
    errors.accept(new FieldError(place, Text.of(key, namesAndValues)));
  }
}
