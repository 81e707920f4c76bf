/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.talka.api.ticket.FieldDefinition;

/**
 * What an administrator says of a field: one of the desk's own, or one that a bundle declares.
 *
 * @param own whether the field is the desk's own
 * @param type kind of value of an own field, see {@link FieldDefinition#type()}; null for others
 * @param on ticket types that have it, beside those that are declared
 * @param options in their order; declared ones that it does not name follow
 * @param multiple whether an own field holds several values
 * @param required whether a ticket can't be saved without it, even if its bundle does not say so
 * @param audience of an own field
 * @param max of an own field
 * @param retired whether no ticket gets a new value
 * @param names language to name; empty for the name that its bundle gives
 * @param help language to help text
 */
public record FieldDesign(
    String key,
    boolean own,
    String type,
    List<String> on,
    List<OptionDesign> options,
    boolean multiple,
    boolean required,
    String audience,
    long max,
    boolean retired,
    Map<String, String> names,
    Map<String, String> help) {

  public FieldDesign {
    on = on == null ? List.of() : List.copyOf(on);
    options = options == null ? List.of() : List.copyOf(options);
    audience = audience == null ? "all" : audience;
    names = names == null ? Map.of() : Map.copyOf(names);
    help = help == null ? Map.of() : Map.copyOf(help);
  }

  /** Of a field that a bundle declares: nothing said yet. */
  public static FieldDesign over(String key) {
    return new FieldDesign(
        key, false, null, List.of(), List.of(), false, false, "all", 0, false, Map.of(), Map.of());
  }

  /** The same on one more type. */
  public FieldDesign alsoOn(String more) {
    Set<String> types = new LinkedHashSet<>(on);
    types.add(more);
    return new FieldDesign(
        key,
        own,
        type,
        List.copyOf(types),
        options,
        multiple,
        required,
        audience,
        max,
        retired,
        names,
        help);
  }

  /** An own field as a bundle would declare it. */
  public FieldDefinition definition() {
    List<String> open =
        options.stream().filter(option -> !option.retired()).map(OptionDesign::key).toList();
    boolean indexed = !"markdown".equals(type);
    return new FieldDefinition(
        key, type, on, open, multiple, required && !retired, indexed, audience, retired, max);
  }

  /** A declared field with what is said of it. */
  public FieldDefinition over(FieldDefinition declared) {
    Set<String> types = new LinkedHashSet<>(declared.on());
    types.addAll(on);
    boolean choice = declared.type().equals("choice");
    return new FieldDefinition(
        declared.key(),
        declared.type(),
        List.copyOf(types),
        choice ? options(declared.options()) : declared.options(),
        declared.multiple(),
        (declared.required() || required) && !retired,
        declared.indexed(),
        declared.audience(),
        declared.readOnly() || retired,
        declared.max());
  }

  private List<String> options(List<String> declared) {
    Set<String> order = new LinkedHashSet<>();
    options.forEach(option -> order.add(option.key()));
    order.addAll(declared);
    options.stream().filter(OptionDesign::retired).forEach(option -> order.remove(option.key()));
    return List.copyOf(order);
  }
}
