/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.home;

import java.util.List;

/**
 * One part of the page.
 *
 * @param key {@code replied}, {@code approval}, {@code mine}, {@code free} or {@code recent}
 * @param query the whole list in the query language; empty when there is none
 * @param more whether there are more than are shown
 * @param later whether it can't be said yet, because the search index is being filled
 */
public record HomeSection(
    String key, List<HomeItem> items, String query, boolean more, boolean later) {
  static HomeSection of(String key, List<HomeItem> all, String query, int most, boolean more) {
    boolean cut = all.size() > most;
    return new HomeSection(key, cut ? all.subList(0, most) : all, query, more || cut, false);
  }
}
