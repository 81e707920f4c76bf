/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.Map;

/**
 * What is asked of an item, as the API spells it. In a change what is absent stays and what is null
 * is emptied.
 *
 * @param owner a user name
 * @param team a team's key
 * @param attributes values of the class's own attributes
 * @param reason the change request, or whatever else explains the change
 */
public record ItemValues(
    String name,
    String classKey,
    String status,
    String criticality,
    String environment,
    String owner,
    String team,
    String location,
    Map<String, Object> attributes,
    String reason) {}
