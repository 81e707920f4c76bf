/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.tailor;

import java.util.List;
import java.util.Map;
import org.talka.ticket.internal.design.SectionDesign;

/**
 * What an administrator gives for a ticket type; null where nothing is said.
 *
 * @param key of a new type; made from its name when null
 * @param prefix of a new type's numbers, two to five capitals
 * @param copyOf the type whose fields, forms and workflow a new type begins with
 * @param form empty for the one that its bundle gives
 * @param portalForm empty for the one that its bundle gives
 */
public record TypeWishes(
    String key,
    String prefix,
    String icon,
    String copyOf,
    Map<String, String> names,
    Map<String, String> plurals,
    Boolean portal,
    Boolean retired,
    List<SectionDesign> form,
    List<SectionDesign> portalForm) {}
