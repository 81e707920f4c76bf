/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ui;

import java.util.List;
import java.util.Map;

/**
 * Something that a module adds to the web UI. Titles are translated under {@code ui.<key>}. One of
 * three tiers: declared ({@code view} alone), code that runs in the page ({@code script}), or a
 * page of the module's own that is shut off from the desk's ({@code frame}).
 *
 * @param point where: {@code nav}, {@code page}, {@code ticket.panel}, {@code ticket.tab}, {@code
 *     field.editor}, {@code field.viewer}, {@code list.cell}, {@code dashboard.widget}, {@code
 *     admin.page}, {@code portal.page}, {@code portal.suggestion}, {@code composer.insert}, {@code
 *     command}, …
 * @param key unique in the module
 * @param order ascending within the point
 * @param icon a name from the web UI's icon set, or null
 * @param permission who sees it; everybody who is signed in when null
 * @param view for the declared tier what the shell renders, for example {@code {"kind":"list",
 *     "q":"type:problem"}}; for the points of fields what is shown so, by {@code field} (the key of
 *     a field of this module) or {@code kind} (the key of a {@link
 *     org.talka.api.ticket.FieldType}); else null
 * @param script for the code tier an ES module under {@code TALKA-INF/ui/}; null for the others
 * @param open whether visitors see it who have not signed in, where an administrator shows the
 *     portal to everybody; for a {@code portal.page} without a permission alone
 * @param frame an HTML file under {@code TALKA-INF/ui/frame/}, shown in a sandbox; null for the
 *     other tiers
 * @param scopes what a frame may ask the API for, as scopes of tokens, for example {@code
 *     tickets:read}; whoever looks must have them, too
 */
public record UiContributionDefinition(
    String point,
    String key,
    int order,
    String icon,
    String permission,
    Map<String, Object> view,
    String script,
    Map<String, Object> props,
    boolean open,
    String frame,
    List<String> scopes) {
  public UiContributionDefinition {
    view = view == null ? Map.of() : Map.copyOf(view);
    props = props == null ? Map.of() : Map.copyOf(props);
    scopes = scopes == null ? List.of() : List.copyOf(scopes);
  }

  /** One that is no frame. */
  public UiContributionDefinition(
      String point,
      String key,
      int order,
      String icon,
      String permission,
      Map<String, Object> view,
      String script,
      Map<String, Object> props,
      boolean open) {
    this(point, key, order, icon, permission, view, script, props, open, null, List.of());
  }

  /** One that only people see who are signed in. */
  public UiContributionDefinition(
      String point,
      String key,
      int order,
      String icon,
      String permission,
      Map<String, Object> view,
      String script,
      Map<String, Object> props) {
    this(point, key, order, icon, permission, view, script, props, false);
  }
}
