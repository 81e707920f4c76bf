/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import java.util.Map;

/**
 * A service that adds to the OpenAPI document what no resource class can say: operations of plain
 * servlets, and schemas of bodies that are only known at run time. Called on a request's thread
 * when the document is asked for; must be quick and must not depend on the caller.
 *
 * <p>Values are those of the JSON document: maps, lists, strings, numbers, booleans.
 */
public interface OpenApiContributor {
  /** Path items by absolute path, for example {@code /api/v1/events}. */
  default Map<String, Map<String, Object>> paths() {
    return Map.of();
  }

  /**
   * Schemas by name. One with the simple name of a class that a resource takes or answers replaces
   * the schema that its fields would give.
   */
  default Map<String, Map<String, Object>> schemas() {
    return Map.of();
  }

  /** Grows when {@link #paths} or {@link #schemas} change. */
  default long generation() {
    return 0;
  }
}
