/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ui;

import java.util.Map;

/**
 * Something that a module adds to the web UI. Titles are translated under {@code ui.<key>}.
 *
 * @param point where: {@code nav}, {@code page}, {@code ticket.panel}, {@code ticket.tab}, {@code
 *     dashboard.widget}, {@code admin.page}, {@code portal.page}, {@code portal.suggestion}, {@code
 *     composer.insert}, {@code command}, …
 * @param key unique in the module
 * @param order ascending within the point
 * @param icon a name from the web UI's icon set, or null
 * @param permission who sees it; everybody who is signed in when null
 * @param view for the declared tier what the shell renders, for example {@code {"kind":"list",
 *     "q":"type:problem"}}; null for the code tier
 * @param script for the code tier an ES module under {@code TALKA-INF/ui/}; null for the declared
 * @param open whether visitors see it who have not signed in, where an administrator shows the
 *     portal to everybody; for a {@code portal.page} without a permission alone
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
    boolean open) {
  public UiContributionDefinition {
    view = view == null ? Map.of() : Map.copyOf(view);
    props = props == null ? Map.of() : Map.copyOf(props);
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
