/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import java.time.Instant;

/**
 * A legal hold on a module's records.
 *
 * @param reason in the words of who set it
 */
public record Hold(String module, String reason, String heldBy, Instant heldAt) {}
