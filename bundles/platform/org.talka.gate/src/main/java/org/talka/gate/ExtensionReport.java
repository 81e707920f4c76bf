/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

/**
 * What the gate saw of one extension since its module started.
 *
 * @param point the extension point's simple name
 * @param overruns calls beyond the point's time budget
 * @param p95Micros 95th percentile of recent calls, in microseconds
 * @param stuck calls that have not come back long after their time, and still have not
 * @param openings how often the circuit has opened
 * @param allocatedBytes what its calls have allocated, garbage included
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
    long p95Micros,
    int stuck,
    CircuitState circuit,
    int openings,
    long allocatedBytes) {}
