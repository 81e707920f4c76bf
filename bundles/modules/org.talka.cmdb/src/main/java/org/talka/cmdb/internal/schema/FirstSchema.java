/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.module.ModuleLifecycle;

/**
 * The classes and relation types to begin with; from then on they are the administrators'. They are
 * given to a desk without any class, so that one whose records come back keeps its own.
 */
@Component
public class FirstSchema implements ModuleLifecycle {
  private static final String ROOT = "item";

  private final SchemaStore store;

  @Activate
  public FirstSchema(@Reference SchemaStore store) {
    this.store = store;
  }

  @Override
  public void starting(Context context) {
    begin();
  }

  /** Does nothing when there are classes. */
  public void begin() {
    if (!store.current().classes().isEmpty()) {
      return;
    }
    classes().forEach(store::add);
    relationTypes().forEach(store::add);
  }

  private static List<ItemClass> classes() {
    Attribute serial = text("serialNumber", "Serial number", "Sērijas numurs");
    Attribute maker = text("manufacturer", "Manufacturer", "Ražotājs");
    Attribute model = text("model", "Model", "Modelis");
    Attribute address = text("ipAddress", "IP address", "IP adrese");
    Attribute system = controlled("operatingSystem", "Operating system", "Operētājsistēma");
    Attribute version = controlled("softwareVersion", "Version", "Versija");
    return List.of(
            of(ROOT, "", "Configuration item", "Konfigurācijas vienība", "list", List.of())
                .grouped()
                .identified("name"),
            of("service", ROOT, "Service", "Pakalpojums", "people", List.of()).asService(),
            of("application", ROOT, "Application", "Lietotne", "board", List.of(version)),
            of("database", ROOT, "Database", "Datubāze", "inbox", List.of(version)),
            of("device", ROOT, "Device", "Ierīce", "laptop", List.of(serial, maker, model, address))
                .grouped()
                .identified("serialNumber"),
            of("server", "device", "Server", "Serveris", "laptop", List.of(system)),
            of("workstation", "device", "Workstation", "Darbstacija", "laptop", List.of()),
            of("network-device", "device", "Network device", "Tīkla ierīce", "graph", List.of()),
            of("printer", "device", "Printer", "Printeris", "article", List.of()),
            of("cluster", ROOT, "Cluster", "Klasteris", "modules", List.of()),
            of("site", ROOT, "Site", "Vieta", "home", List.of()))
        .stream()
        .map(Draft::value)
        .toList();
  }

  private static List<RelationType> relationTypes() {
    return List.of(
        relation(
            "depends-on",
            "depends on",
            "atkarīgs no",
            "is needed by",
            "vajadzīgs vienībai",
            Impact.TO_SOURCE,
            Cardinality.MANY_TO_MANY),
        relation(
            "runs-on",
            "runs on",
            "darbojas uz",
            "runs",
            "darbina",
            Impact.TO_SOURCE,
            Cardinality.MANY_TO_MANY),
        relation(
            "hosts",
            "hosts",
            "izvieto",
            "is hosted by",
            "izvietots uz",
            Impact.TO_TARGET,
            Cardinality.ONE_TO_MANY),
        relation(
            "connects",
            "is connected to",
            "savienots ar",
            "connects",
            "savieno",
            Impact.TO_SOURCE,
            Cardinality.MANY_TO_MANY),
        relation(
            "member-of",
            "is a member of",
            "ietilpst vienībā",
            "has the member",
            "ietver",
            Impact.TO_TARGET,
            Cardinality.MANY_TO_MANY),
        relation(
            "uses",
            "uses",
            "izmanto",
            "is used by",
            "izmanto vienība",
            Impact.TO_SOURCE,
            Cardinality.MANY_TO_MANY));
  }

  private static RelationType relation(
      String key,
      String en,
      String lv,
      String inverseEn,
      String inverseLv,
      Impact impact,
      Cardinality cardinality) {
    return new RelationType(
        key,
        Map.of("en", en, "lv", lv),
        Map.of("en", inverseEn, "lv", inverseLv),
        ROOT,
        ROOT,
        cardinality,
        impact,
        Redundancy.ALL,
        false,
        0);
  }

  private static Attribute text(String key, String en, String lv) {
    return new Attribute(
        key, Map.of("en", en, "lv", lv), AttributeType.TEXT, List.of(), false, false, false);
  }

  private static Attribute controlled(String key, String en, String lv) {
    return new Attribute(
        key, Map.of("en", en, "lv", lv), AttributeType.TEXT, List.of(), false, true, false);
  }

  private static Draft of(
      String key, String parent, String en, String lv, String icon, List<Attribute> attributes) {
    return new Draft(
        new ItemClass(
            key,
            parent,
            Map.of("en", en, "lv", lv),
            icon,
            false,
            false,
            false,
            attributes,
            List.of(),
            0));
  }

  /** A class on its way. */
  private record Draft(ItemClass value) {
    Draft grouped() {
      return with(true, value.service(), value.identities());
    }

    Draft asService() {
      return with(value.grouping(), true, value.identities());
    }

    Draft identified(String field) {
      return with(value.grouping(), value.service(), List.of(List.of(field)));
    }

    private Draft with(boolean grouping, boolean service, List<List<String>> identities) {
      return new Draft(
          new ItemClass(
              value.key(),
              value.parent(),
              value.names(),
              value.icon(),
              grouping,
              service,
              value.retired(),
              value.attributes(),
              identities,
              value.version()));
    }
  }
}
