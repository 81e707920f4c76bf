/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

/**
 * What one scenario took.
 *
 * @param records tickets, articles or items there at the time, 0 where there is no desk
 * @param perSecond successful operations
 */
record Measurement(
    String scenario,
    int records,
    int clients,
    double perSecond,
    double p50Millis,
    double p95Millis,
    double p99Millis,
    long errors,
    String firstError) {}
