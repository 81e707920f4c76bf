/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;

/**
 * What is wanted of a module, and what it is. {@link #desired}, {@link #digest} and {@link
 * #location} change together, in the one step that commits an operation: whatever is interrupted,
 * they say what to bring about.
 *
 * @param version of the archive that {@link #digest} names
 * @param location where the framework has its bundle
 * @param titles its name by language, known also when it is not installed
 * @param committedBy the operation that wrote desired, digest and location last
 */
public record ModuleRecord(
    String id,
    String version,
    String digest,
    String location,
    Optional<Previous> previous,
    Desired desired,
    ModuleState state,
    Instant since,
    Optional<Text> reason,
    Map<String, String> titles,
    Optional<String> committedBy) {

  /** The version that ran before, to go back to. */
  public record Previous(String version, String digest) {}

  /** In a state; {@link #since} stays when it was in it already. */
  public ModuleRecord in(ModuleState now, Instant at, Optional<Text> why) {
    Instant from = now == state ? since : at;
    return new ModuleRecord(
        id, version, digest, location, previous, desired, now, from, why, titles, committedBy);
  }

  public ModuleRecord wanting(Desired wanted, String operation) {
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        previous,
        wanted,
        state,
        since,
        reason,
        titles,
        Optional.of(operation));
  }

  public ModuleRecord at(String where) {
    return new ModuleRecord(
        id, version, digest, where, previous, desired, state, since, reason, titles, committedBy);
  }
}
