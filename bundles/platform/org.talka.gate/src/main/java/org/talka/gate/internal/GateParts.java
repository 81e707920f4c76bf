/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.talka.gate.ExtensionReport;

/**
 * What all extensions share.
 *
 * @param observers where observers are told
 * @param circuitChanged hears of every circuit that opens or closes
 */
record GateParts(
    ExecutorService observers,
    CircuitRules rules,
    LongSupplier nanos,
    Consumer<ExtensionReport> circuitChanged) {}
