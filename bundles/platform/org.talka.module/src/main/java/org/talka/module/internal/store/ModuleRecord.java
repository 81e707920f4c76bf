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
 * @param probationUntil when this version has proved itself; empty once it has
 * @param quarantine why its code must not run although it is wanted
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
    Optional<String> committedBy,
    Optional<Instant> probationUntil,
    Optional<Text> quarantine) {

  /** The version that ran before, to go back to. */
  public record Previous(String version, String digest) {}

  /** One that is neither on probation nor in quarantine. */
  public ModuleRecord(
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
    this(
        id,
        version,
        digest,
        location,
        previous,
        desired,
        state,
        since,
        reason,
        titles,
        committedBy,
        Optional.empty(),
        Optional.empty());
  }

  /** In a state; {@link #since} stays when it was in it already. */
  public ModuleRecord in(ModuleState now, Instant at, Optional<Text> why) {
    Instant from = now == state ? since : at;
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        previous,
        desired,
        now,
        from,
        why,
        titles,
        committedBy,
        probationUntil,
        quarantine);
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
        Optional.of(operation),
        probationUntil,
        quarantine);
  }

  public ModuleRecord at(String where) {
    return new ModuleRecord(
        id,
        version,
        digest,
        where,
        previous,
        desired,
        state,
        since,
        reason,
        titles,
        committedBy,
        probationUntil,
        quarantine);
  }

  /** Its code must not run, for this reason; empty lets it run again. */
  public ModuleRecord quarantined(Optional<Text> why) {
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        previous,
        desired,
        state,
        since,
        reason,
        titles,
        committedBy,
        probationUntil,
        why);
  }

  /** Written by this operation. */
  public ModuleRecord by(Optional<String> operation) {
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        previous,
        desired,
        state,
        since,
        reason,
        titles,
        operation,
        probationUntil,
        quarantine);
  }

  /** On probation until then, or not any more. */
  public ModuleRecord proving(Optional<Instant> until) {
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        previous,
        desired,
        state,
        since,
        reason,
        titles,
        committedBy,
        until,
        quarantine);
  }

  /** With another way back, or none. */
  public ModuleRecord backTo(Optional<Previous> way) {
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        way,
        desired,
        state,
        since,
        reason,
        titles,
        committedBy,
        probationUntil,
        quarantine);
  }
}
