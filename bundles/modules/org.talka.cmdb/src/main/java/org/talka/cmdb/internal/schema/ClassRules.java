/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.text.Text;
import org.talka.cmdb.internal.Names;
import org.talka.cmdb.internal.item.Field;

/** What a class must be like; turns what was asked for into one or says what is wrong. */
final class ClassRules {
  private static final Pattern ICON = Pattern.compile("[a-z][a-z-]{0,39}");
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-zA-Z0-9]{0,39}");
  private static final int MOST_ATTRIBUTES = 60;
  private static final int MOST_OPTIONS = 60;
  private static final int LONGEST_OPTION = 80;
  private static final int MOST_IDENTITIES = 6;
  private static final int DEEPEST = 8;

  private final Schema schema;
  private final List<FieldError> errors = new ArrayList<>();

  ClassRules(Schema schema) {
    this.schema = schema;
  }

  /**
   * @param before what is there, with version 0 and empty parts for a new class
   * @throws DomainException INVALID with everything that is wrong
   */
  ItemClass merged(ItemClass before, ClassValues values) {
    String parent = values.parent() == null ? before.parent() : values.parent().strip();
    parent(before.key(), parent);
    String icon = values.icon() == null ? before.icon() : values.icon();
    if (!ICON.matcher(icon).matches()) {
      wrong("icon", "error.cmdb.choice", "value", icon);
    }
    List<Attribute> attributes =
        values.attributes() == null ? before.attributes() : attributes(values.attributes(), before);
    ItemClass merged =
        new ItemClass(
            before.key(),
            parent,
            values.names() == null
                ? before.names()
                : Names.checked("names", values.names(), errors),
            icon,
            or(values.grouping(), before.grouping()),
            or(values.service(), before.service()),
            or(values.retired(), before.retired()),
            attributes,
            values.identities() == null ? before.identities() : identities(values.identities()),
            before.version());
    if (merged.names().isEmpty() && errors.isEmpty()) {
      wrong("names", "error.cmdb.required");
    }
    fits(merged);
    if (!errors.isEmpty()) {
      throw DomainException.invalid(errors);
    }
    return merged;
  }

  private void parent(String key, String parent) {
    if (parent.isEmpty()) {
      return;
    }
    if (schema.itemClass(parent).isEmpty()) {
      wrong("parent", "error.cmdb.class.unknown", "value", parent);
    } else if (schema.isA(parent, key)) {
      wrong("parent", "error.cmdb.class.circle");
    } else if (schema.line(parent).size() >= DEEPEST) {
      wrong("parent", "error.cmdb.class.deep", "max", DEEPEST);
    }
  }

  private List<Attribute> attributes(List<ClassValues.AttributeValues> asked, ItemClass before) {
    List<Attribute> attributes = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    if (asked.size() > MOST_ATTRIBUTES) {
      wrong("attributes", "error.cmdb.many", "max", MOST_ATTRIBUTES);
      return before.attributes();
    }
    for (int i = 0; i < asked.size(); i++) {
      ClassValues.AttributeValues values = asked.get(i);
      String at = "attributes[" + i + "]";
      if (values == null) {
        wrong(at, "error.cmdb.required");
        continue;
      }
      String key = values.key() == null || values.key().isBlank() ? key(values) : values.key();
      if (!ATTRIBUTE.matcher(key).matches() || Field.BUILT_IN.contains(key)) {
        wrong(at + ".key", "error.cmdb.attribute.key", "value", key);
      } else if (!seen.add(key)) {
        wrong(at + ".key", "error.cmdb.twice", "value", key);
      }
      AttributeType type =
          AttributeType.of(values.type() == null ? "text" : values.type()).orElse(null);
      if (type == null) {
        wrong(at + ".type", "error.cmdb.choice", "value", values.type());
        continue;
      }
      before.attributes().stream()
          .filter(known -> known.key().equals(key) && known.type() != type)
          .forEach(known -> wrong(at + ".type", "error.cmdb.attribute.type", "value", key));
      attributes.add(
          new Attribute(
              key,
              Names.checked(at + ".names", values.names(), errors),
              type,
              type == AttributeType.CHOICE ? options(at, values.options()) : List.of(),
              or(values.required(), false),
              or(values.controlled(), false),
              or(values.retired(), false)));
    }
    for (Attribute known : before.attributes()) {
      if (!seen.contains(known.key())) {
        wrong("attributes", "error.cmdb.attribute.gone", "value", known.key());
      }
    }
    return attributes;
  }

  /** A key out of the English name, as {@code operatingSystem} out of “Operating system”. */
  private static String key(ClassValues.AttributeValues values) {
    String name = values.names() == null ? "" : values.names().getOrDefault("en", "");
    if (name.isBlank() && values.names() != null) {
      name = values.names().values().stream().filter(n -> n != null).findFirst().orElse("");
    }
    StringBuilder key = new StringBuilder();
    for (String word : org.talka.cmdb.internal.Folded.words(name)) {
      String plain = word.replaceAll("[^a-z0-9]", "");
      if (!plain.isEmpty()) {
        key.append(
            key.isEmpty() ? plain : Character.toUpperCase(plain.charAt(0)) + plain.substring(1));
      }
    }
    return key.length() > 40 ? key.substring(0, 40) : key.toString();
  }

  private List<String> options(String at, List<String> given) {
    List<String> options = new ArrayList<>();
    for (String option : given == null ? List.<String>of() : given) {
      if (option != null && !option.isBlank() && !options.contains(option.strip())) {
        options.add(option.strip());
      }
    }
    if (options.isEmpty()) {
      wrong(at + ".options", "error.cmdb.required");
    } else if (options.size() > MOST_OPTIONS) {
      wrong(at + ".options", "error.cmdb.many", "max", MOST_OPTIONS);
    } else if (options.stream().anyMatch(option -> option.length() > LONGEST_OPTION)) {
      wrong(at + ".options", "error.cmdb.long", "max", LONGEST_OPTION);
    }
    return options;
  }

  private List<List<String>> identities(List<List<String>> given) {
    List<List<String>> identities = new ArrayList<>();
    for (List<String> identity : given) {
      if (identity != null && !identity.isEmpty() && identity.stream().noneMatch(Objects::isNull)) {
        identities.add(identity.stream().distinct().toList());
      }
    }
    if (identities.size() > MOST_IDENTITIES) {
      wrong("identities", "error.cmdb.many", "max", MOST_IDENTITIES);
    }
    return identities;
  }

  /** What can be judged only when all parts are together. */
  private void fits(ItemClass merged) {
    List<ItemClass> classes = new ArrayList<>(schema.classes());
    classes.removeIf(c -> c.key().equals(merged.key()));
    classes.add(merged);
    Schema next = new Schema(classes, schema.relationTypes());
    for (String beneath : next.beneath(merged.key())) {
      Set<String> keys = new HashSet<>();
      for (ItemClass c : next.line(beneath)) {
        c.attributes().stream()
            .filter(attribute -> !keys.add(attribute.key()))
            .forEach(a -> wrong("attributes", "error.cmdb.attribute.inherited", "value", a.key()));
      }
    }
    for (List<String> identity : merged.identities()) {
      if (!Identity.strong(next, merged.key(), identity)) {
        wrong("identities", "error.cmdb.identity.weak", "value", String.join(", ", identity));
      }
    }
  }

  private static boolean or(Boolean asked, boolean otherwise) {
    return asked == null ? otherwise : asked;
  }

  private void wrong(String field, String key, Object... namesAndValues) {
    errors.add(new FieldError(field, Text.of(key, namesAndValues)));
  }
}
