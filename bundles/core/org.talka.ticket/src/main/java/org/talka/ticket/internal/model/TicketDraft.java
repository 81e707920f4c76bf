/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.StateCategory;
import org.talka.api.ticket.TicketId;

/**
 * A ticket while it is being changed: values by the names of the API, in the form in which they are
 * stored (people, teams and organisations as their ids). Used by one thread.
 */
public final class TicketDraft {
  private final TicketId id;
  private final String key;
  private final String type;
  private final String module;
  private final Instant createdAt;
  private final Map<String, Object> builtIn = new LinkedHashMap<>();
  private final Map<String, Object> own = new TreeMap<>();
  private final Set<PersonId> watchers;
  private StateCategory category;
  private boolean priorityOverridden;
  private Optional<Instant> resolvedAt;

  /** A new ticket. */
  public TicketDraft(
      TicketId id,
      String key,
      String type,
      String module,
      String state,
      StateCategory category,
      Instant createdAt) {
    this.id = id;
    this.key = key;
    this.type = type;
    this.module = module;
    this.createdAt = createdAt;
    this.category = category;
    this.watchers = new LinkedHashSet<>();
    this.resolvedAt = Optional.empty();
    builtIn.put("state", state);
    builtIn.put("description", "");
    builtIn.put("impact", "medium");
    builtIn.put("urgency", "medium");
    builtIn.put("tags", List.of());
    recompute();
  }

  /** A change of an existing one. */
  public TicketDraft(TicketImage before) {
    this.id = before.id();
    this.key = before.key();
    this.type = before.type();
    this.module = before.module();
    this.createdAt = before.createdAt();
    this.category = before.category();
    this.watchers = new LinkedHashSet<>(before.watchers());
    this.resolvedAt = before.resolvedAt();
    this.priorityOverridden = before.priorityOverridden();
    builtIn.putAll(ImageValues.builtIn(before));
    own.putAll(before.fields());
  }

  /** Nothing when the field has no value. */
  public Optional<Object> get(String field) {
    Object value = BuiltIns.has(field) ? builtIn.get(field) : own.get(field);
    return Optional.ofNullable(value)
        .filter(v -> !v.equals("") && !(v instanceof List<?> list && list.isEmpty()));
  }

  /**
   * Sets a value that was read by {@link org.talka.ticket.internal.rule.FieldValues}; an absent one
   * empties the field. The priority of {@code null} goes back to the matrix.
   */
  public void set(String field, Optional<Object> value) {
    switch (field) {
      case "priority" -> setPriority(value.map(String.class::cast));
      case "impact", "urgency" -> {
        builtIn.put(field, value.orElse("medium"));
        if (!priorityOverridden) {
          recompute();
        }
      }
      case "description" -> builtIn.put(field, value.orElse(""));
      case "tags" -> builtIn.put(field, value.orElse(List.of()));
      default -> {
        Map<String, Object> values = BuiltIns.has(field) ? builtIn : own;
        value.ifPresentOrElse(v -> values.put(field, v), () -> values.remove(field));
      }
    }
  }

  /** Enters a state; the time of resolution follows its category. */
  public void enter(String state, StateCategory category, Instant now) {
    builtIn.put("state", state);
    this.category = category;
    if (category.open()) {
      resolvedAt = Optional.empty();
    } else if (resolvedAt.isEmpty()) {
      resolvedAt = Optional.of(now);
    }
  }

  public boolean watch(PersonId person) {
    return watchers.add(person);
  }

  /** How many follow it. */
  public int watchers() {
    return watchers.size();
  }

  public boolean unwatch(PersonId person) {
    return watchers.remove(person);
  }

  public String state() {
    return (String) builtIn.get("state");
  }

  public String type() {
    return type;
  }

  public boolean priorityOverridden() {
    return priorityOverridden;
  }

  public TicketImage image(Instant updatedAt, long version) {
    return new TicketImage(
        id,
        key,
        type,
        module,
        (String) builtIn.getOrDefault("subject", ""),
        (String) builtIn.get("description"),
        state(),
        category,
        Words.priority((String) builtIn.get("priority")),
        priorityOverridden,
        Words.level((String) builtIn.get("impact")),
        Words.level((String) builtIn.get("urgency")),
        Optional.ofNullable((Long) builtIn.get("requester")).map(PersonId::new),
        Optional.ofNullable((Long) builtIn.get("assignee")).map(PersonId::new),
        Optional.ofNullable((Long) builtIn.get("team")).map(TeamId::new),
        Optional.ofNullable((Long) builtIn.get("organisation")).map(OrganisationId::new),
        tags(),
        java.util.Collections.unmodifiableSet(new LinkedHashSet<>(watchers)),
        java.util.Collections.unmodifiableMap(new TreeMap<>(own)),
        createdAt,
        updatedAt,
        resolvedAt,
        version,
        Optional.empty());
  }

  private Set<String> tags() {
    Set<String> tags = new LinkedHashSet<>();
    ((List<?>) builtIn.get("tags")).forEach(tag -> tags.add((String) tag));
    return java.util.Collections.unmodifiableSet(tags);
  }

  private void setPriority(Optional<String> value) {
    if (value.isEmpty()) {
      recompute();
      return;
    }
    String matrix = matrix();
    builtIn.put("priority", value.get());
    priorityOverridden = !value.get().equals(matrix);
  }

  private void recompute() {
    builtIn.put("priority", matrix());
    priorityOverridden = false;
  }

  private String matrix() {
    return Words.of(
        Priority.of(
            Words.level((String) builtIn.get("impact")),
            Words.level((String) builtIn.get("urgency"))));
  }
}
