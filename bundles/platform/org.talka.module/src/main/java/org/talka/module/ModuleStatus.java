/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.time.Instant;
import java.util.Optional;

/**
 * A module that is or was here; texts are in the reader's language.
 *
 * @param health {@code up}, {@code down}, or {@code unknown} while it does not run
 * @param since when it came into this state
 * @param reason why it is not what it should be
 * @param previousVersion what a roll-back would bring back
 * @param signature who vouches for its archive; absent when the archive is not here any more
 */
public record ModuleStatus(
    String id,
    String title,
    String version,
    ModuleState state,
    String health,
    Instant since,
    Optional<String> reason,
    Optional<String> previousVersion,
    Optional<ModuleSignature> signature) {}
