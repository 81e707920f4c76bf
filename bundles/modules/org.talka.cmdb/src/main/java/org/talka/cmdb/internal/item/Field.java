/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields that every item has, and what they may hold. Own fields are attributes of classes. */
public final class Field {
  public static final String NAME = "name";
  public static final String CLASS = "classKey";
  public static final String STATUS = "status";
  public static final String CRITICALITY = "criticality";
  public static final String ENVIRONMENT = "environment";
  public static final String OWNER = "owner";
  public static final String TEAM = "team";
  public static final String LOCATION = "location";

  public static final Set<String> BUILT_IN =
      Set.of(NAME, CLASS, STATUS, CRITICALITY, ENVIRONMENT, OWNER, TEAM, LOCATION);

  public static final String PLANNED = "planned";
  public static final String IN_SERVICE = "inService";
  public static final String DEGRADED = "degraded";
  public static final String MAINTENANCE = "maintenance";
  public static final String RETIRED = "retired";

  /** Where an item can go from each status. */
  static final Map<String, Set<String>> MOVES =
      Map.of(
          PLANNED, Set.of(IN_SERVICE, RETIRED),
          IN_SERVICE, Set.of(DEGRADED, MAINTENANCE, RETIRED),
          DEGRADED, Set.of(IN_SERVICE, MAINTENANCE, RETIRED),
          MAINTENANCE, Set.of(IN_SERVICE, DEGRADED, RETIRED),
          RETIRED, Set.of(IN_SERVICE));

  static final List<String> CRITICALITIES = List.of("low", "medium", "high", "critical");
  static final List<String> ENVIRONMENTS = List.of("production", "test", "development", "training");

  private Field() {}

  public static Set<String> statuses() {
    return MOVES.keySet();
  }
}
