/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import java.util.Map;

/**
 * A ticket type as administrators see it.
 *
 * @param own whether it is the desk's own
 * @param module whose type it is; {@code core} for the desk's
 * @param missing whether its module is not here
 * @param gone whether nobody declares it any more: what is said of it has no effect
 * @param names language to name
 * @param ownForm whether an administrator made the form
 * @param ownPortalForm whether an administrator made the portal's form
 * @param fields those that can be in its forms
 * @param troubles what no longer fits, in the caller's language
 */
public record TypeSettingView(
    String key,
    boolean own,
    String module,
    boolean missing,
    boolean gone,
    String prefix,
    String icon,
    boolean portal,
    boolean retired,
    Map<String, String> names,
    Map<String, String> plurals,
    String workflow,
    boolean ownForm,
    boolean ownPortalForm,
    List<Section> form,
    List<Section> portalForm,
    List<String> fields,
    List<String> troubles,
    long version) {
  /** A part of a form. */
  public record Section(
      String key, Map<String, String> names, List<String> fields, Map<String, List<String>> when) {}
}
