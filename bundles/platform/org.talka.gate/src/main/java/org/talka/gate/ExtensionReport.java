/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

/**
 * What the gate saw of one extension since the server started.
 *
 * @param point the extension point's simple name
 * @param p95Micros 95th percentile of recent calls, in microseconds
 */
public record ExtensionReport(
    String point,
    String module,
    String name,
    boolean admitted,
    long calls,
    long errors,
    long overruns,
    int inFlight,
    long p95Micros) {}
