/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.audit;

import java.time.Instant;
import java.util.Map;

/** What is to be written down, as it was known when it happened. */
record AuditEntry(
    Instant at,
    String actor,
    String action,
    String object,
    Map<String, String> details,
    String address,
    String correlation) {}
