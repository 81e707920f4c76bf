/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.sample;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.module.SampleData;
import org.talka.cmdb.internal.graph.Relations;
import org.talka.cmdb.internal.item.Field;
import org.talka.cmdb.internal.item.Item;
import org.talka.cmdb.internal.item.Items;
import org.talka.cmdb.internal.schema.ClassValues;
import org.talka.cmdb.internal.schema.ClassValues.AttributeValues;
import org.talka.cmdb.internal.schema.Classes;
import org.talka.cmdb.internal.ticket.TicketItems;

/**
 * What the organisation of the demonstration runs: four services down to the cable, two things that
 * are there twice and may fail once, one that was written down twice, and the items of incidents.
 */
@Component
public class CmdbSamples implements SampleData {
  /** Whoever may change all items. */
  private static final String MANAGER = "kristine.vitola";

  private static final String NETWORK = "tomas.jansons";
  private static final String DEPENDS = "depends-on";

  /** The parts of a line of items. */
  private static final List<String> COLUMNS =
      List.of(
          Field.CLASS,
          Field.NAME,
          Field.OWNER,
          Field.TEAM,
          Field.CRITICALITY,
          Field.ENVIRONMENT,
          Field.LOCATION);

  private static final AttributeValues COVERAGE = text("coverage", "Coverage", "Pārklājums");
  private static final AttributeValues MOUNT = text("mount", "Mount", "Stiprinājums");

  private final Classes classes;
  private final Items items;
  private final Relations relations;
  private final TicketItems affected;

  @Activate
  public CmdbSamples(
      @Reference Classes classes,
      @Reference Items items,
      @Reference Relations relations,
      @Reference TicketItems affected) {
    this.classes = classes;
    this.items = items;
    this.relations = relations;
    this.affected = affected;
  }

  @Override
  public void fill(Context context) {
    device("access-point", "network-device", "Access point", "Piekļuves punkts", COVERAGE);
    device("camera", "device", "Camera", "Kamera", MOUNT);
    Map<String, Item> made = new HashMap<>();
    context.as(
        MANAGER,
        context.now(),
        () -> {
          Lines.of("items.txt").forEach(line -> item(line, made));
          Lines.of("relations.txt").forEach(line -> relate(line, made));
          enough(made.get("VPN gateways"), DEPENDS);
          enough(made.get("Cargo database"), DEPENDS);
          enough(made.get("Virtualisation harbour"), DEPENDS);
          enough(made.get("Gate camera recorder"), "uses");
          return null;
        });
    context.as(
        NETWORK,
        context.now(),
        () -> {
          change(made, "AP-H-22", Map.of(Field.STATUS, Field.DEGRADED), "");
          change(made, "harbour-esx-4", Map.of("operatingSystem", "ESXi 8.0"), "Maintenance 12");
          // nobody said why: drift
          change(made, "Exchange", Map.of("softwareVersion", "2019 CU15"), "");
          List.of("vpn-gw-1", "vpn-gw-2", "riga-core-1", "harbour-core-1", "harbour-esx-3")
              .forEach(name -> items.verify(made.get(name).id(), made.get(name).version()));
          return null;
        });
    // what follows from them is read from what is committed
    Lines.of("tickets.txt")
        .forEach(line -> context.afterwards(() -> onTicket(context, line, made)));
  }

  private static AttributeValues text(String key, String en, String lv) {
    return new AttributeValues(
        key, Map.of("en", en, "lv", lv), "text", List.of(), false, false, false);
  }

  private void device(String key, String parent, String en, String lv, AttributeValues attribute) {
    classes.create(
        new ClassValues(
            key,
            parent,
            Map.of("en", en, "lv", lv),
            "graph",
            false,
            false,
            false,
            List.of(attribute),
            List.of()));
  }

  private void item(List<String> line, Map<String, Item> made) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < COLUMNS.size() && i < line.size(); i++) {
      values.put(COLUMNS.get(i), line.get(i));
    }
    if (line.size() > COLUMNS.size()) {
      for (String attribute : line.get(COLUMNS.size()).split(", ")) {
        int sign = attribute.indexOf('=');
        values.put(attribute.substring(0, sign), attribute.substring(sign + 1));
      }
    }
    values.values().removeIf(value -> ((String) value).isEmpty());
    Item item = items.create(values, "");
    made.put(item.name(), item);
  }

  private void relate(List<String> line, Map<String, Item> made) {
    line.subList(2, line.size())
        .forEach(target -> relations.add(line.get(1), made.get(line.get(0)), made.get(target)));
  }

  /** One of its suppliers is enough. */
  private void enough(Item item, String type) {
    relations.rule(item, type, "any", null);
  }

  private void change(Map<String, Item> made, String name, Map<String, Object> values, String why) {
    Item item = made.get(name);
    made.put(name, items.change(item.id(), item.version(), values, why));
  }

  private void onTicket(Context context, List<String> line, Map<String, Item> made) {
    Optional<String> ticket = context.ticket(line.get(1));
    ticket.ifPresent(
        key ->
            context.as(
                line.get(0),
                context.now(),
                () -> {
                  line.subList(2, line.size())
                      .forEach(name -> affected.add(key, made.get(name), ""));
                  return null;
                }));
  }
}
