/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.cmdb.internal.graph.Node;
import org.talka.cmdb.internal.item.Edition;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.ItemKey;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.schema.Attribute;
import org.talka.cmdb.internal.schema.AttributeType;
import org.talka.cmdb.internal.schema.Redundancy;
import org.talka.cmdb.internal.schema.Schema;
import org.talka.cmdb.internal.schema.SchemaStore;

/** Items, people and rules in the form that clients get. */
@Component(service = Views.class)
public class Views {
  private final Items items;
  private final SchemaStore schema;
  private final People people;

  @Activate
  public Views(@Reference Items items, @Reference SchemaStore schema, @Reference People people) {
    this.items = items;
    this.schema = schema;
    this.people = people;
  }

  ItemView item(Item item) {
    return items(List.of(item)).get(0);
  }

  List<ItemView> items(List<Item> all) {
    Map<PersonId, Person> owners =
        people.persons(
            all.stream()
                .filter(item -> item.owner().isPresent())
                .map(item -> new PersonId(item.owner().getAsLong()))
                .collect(Collectors.toSet()));
    Schema now = schema.current();
    return all.stream().map(item -> item(item, now, owners, items.mayChange(item))).toList();
  }

  /** An item as it was at that moment, with the attributes that its class had then. */
  ItemView past(Item now, Edition then, Instant at) {
    Item was =
        new Item(
            now.id(),
            then.number(),
            new TreeMap<>(then.fields()),
            then.sources(),
            then.away(),
            OptionalLong.empty(),
            now.createdAt(),
            then.from(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            now.version());
    Set<PersonId> owner =
        was.owner().isPresent() ? Set.of(new PersonId(was.owner().getAsLong())) : Set.of();
    return item(was, schema.at(at), people.persons(owner), false);
  }

  private ItemView item(Item item, Schema now, Map<PersonId, Person> owners, boolean canChange) {
    Map<String, String> fields = item.fields();
    return new ItemView(
        item.key(),
        item.name(),
        item.classKey(),
        item.status(),
        fields.get(Field.CRITICALITY),
        fields.get(Field.ENVIRONMENT),
        item.owner().isPresent()
            ? person(owners.get(new PersonId(item.owner().getAsLong())))
            : null,
        item.team().isPresent() ? team(item.team().getAsLong()) : null,
        fields.get(Field.LOCATION),
        attributes(now, item.classKey(), fields),
        item.sources(),
        item.createdAt(),
        item.updatedAt(),
        item.seenAt().orElse(null),
        item.verifiedAt().orElse(null),
        item.verifiedBy().map(this::byUsername).orElse(null),
        item.away(),
        item.mergedInto().isPresent() ? ItemKey.of(item.mergedInto().getAsLong()) : null,
        canChange,
        item.version());
  }

  private static Map<String, Object> attributes(
      Schema now, String classKey, Map<String, String> fields) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Attribute attribute : now.attributes(classKey).values()) {
      String value = fields.get(attribute.key());
      if (value != null) {
        values.put(attribute.key(), typed(attribute.type(), value));
      }
    }
    return values;
  }

  private static Object typed(AttributeType type, String value) {
    return switch (type) {
      case NUMBER -> new BigDecimal(value);
      case BOOLEAN -> Boolean.valueOf(value);
      default -> value;
    };
  }

  /** People and teams by the stored values that name them, for the history. */
  Map<Long, String> personNames(Collection<Long> ids) {
    return people
        .persons(ids.stream().map(PersonId::new).collect(Collectors.toSet()))
        .values()
        .stream()
        .collect(Collectors.toMap(p -> p.id().value(), Person::displayName));
  }

  /**
   * A stored value as people read it: owners and teams by name.
   *
   * @param owners the names of owners
   */
  String said(String field, String value, Map<Long, String> owners) {
    if (value == null || value.isEmpty()) {
      return value;
    }
    return switch (field) {
      case Field.OWNER -> owners.getOrDefault(Long.valueOf(value), value);
      case Field.TEAM -> teamName(Long.parseLong(value));
      default -> value;
    };
  }

  private String teamName(long id) {
    return people.team(new TeamId(id)).map(t -> t.name()).orElse(Long.toString(id));
  }

  PersonView person(Person person) {
    return person == null ? null : new PersonView(person.username(), person.displayName());
  }

  /** Whoever is called so; under that name alone when there is no such person any more. */
  private PersonView byUsername(String username) {
    return people
        .personByUsername(username)
        .map(this::person)
        .orElseGet(() -> new PersonView(username, username));
  }

  List<PersonView> persons(Collection<Long> ids) {
    return people
        .persons(ids.stream().map(PersonId::new).collect(Collectors.toSet()))
        .values()
        .stream()
        .map(this::person)
        .filter(Objects::nonNull)
        .sorted(java.util.Comparator.comparing(PersonView::displayName))
        .toList();
  }

  TeamView team(long id) {
    return people.team(new TeamId(id)).map(t -> new TeamView(t.key(), t.name())).orElse(null);
  }

  static Ref ref(Item item) {
    return new Ref(item.key(), item.name(), item.classKey(), item.status());
  }

  static Ref ref(Node node) {
    return new Ref(node.key(), node.name(), node.classKey(), node.status());
  }

  static RuleView rule(Redundancy rule) {
    return new RuleView(rule.policy().word(), rule.amount() == 0 ? null : rule.amount());
  }

  /**
   * A configuration item.
   *
   * @param status {@code planned}, {@code inService}, {@code degraded}, {@code maintenance} or
   *     {@code retired}
   * @param attributes values of its class's own attributes
   * @param sources who last said each value: {@code hand} or the name of a source
   * @param seenAt when a source last reported it
   * @param verifiedBy who last said that what is recorded is true; somebody who is not there any
   *     more has the user name for a display name
   * @param away whether it is no item any more
   * @param mergedInto the item that it was merged into
   */
  public record ItemView(
      String key,
      String name,
      String classKey,
      String status,
      String criticality,
      String environment,
      PersonView owner,
      TeamView team,
      String location,
      Map<String, Object> attributes,
      Map<String, String> sources,
      Instant createdAt,
      Instant updatedAt,
      Instant seenAt,
      Instant verifiedAt,
      PersonView verifiedBy,
      boolean away,
      String mergedInto,
      boolean canChange,
      long version) {}

  /** An item in few words. */
  public record Ref(String key, String name, String classKey, String status) {}

  /** A person. */
  public record PersonView(String username, String displayName) {}

  /** A team. */
  public record TeamView(String key, String name) {}

  /**
   * How many suppliers are needed.
   *
   * @param policy {@code all}, {@code any}, {@code count} or {@code percent}
   */
  public record RuleView(String policy, Integer amount) {}
}
