/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.graph;

import java.time.Duration;

/** How far a walk goes at most: relations deep, items, and time. */
public record Limits(int depth, int nodes, Duration time) {
  public static final int DEEPEST = 20;
  public static final int MOST = 5_000;

  /** What a page asks for. */
  public static final Limits USUAL = new Limits(6, 2_000, Duration.ofSeconds(2));
}
