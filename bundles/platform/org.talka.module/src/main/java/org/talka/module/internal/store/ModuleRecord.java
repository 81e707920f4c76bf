/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
    return with(
        draft -> {
          draft.since = now == state ? since : at;
          draft.state = now;
          draft.reason = why;
        });
  }

  public ModuleRecord wanting(Desired wanted, String operation) {
    return with(
        draft -> {
          draft.desired = wanted;
          draft.committedBy = Optional.of(operation);
        });
  }

  public ModuleRecord at(String where) {
    return with(draft -> draft.location = where);
  }

  /** Its code must not run, for this reason; empty lets it run again. */
  public ModuleRecord quarantined(Optional<Text> why) {
    return with(draft -> draft.quarantine = why);
  }

  /** Written by this operation. */
  public ModuleRecord by(Optional<String> operation) {
    return with(draft -> draft.committedBy = operation);
  }

  /** On probation until then, or not any more. */
  public ModuleRecord proving(Optional<Instant> until) {
    return with(draft -> draft.probationUntil = until);
  }

  /** With another way back, or none. */
  public ModuleRecord backTo(Optional<Previous> way) {
    return with(draft -> draft.previous = way);
  }

  private ModuleRecord with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.record();
  }

  /** What of a record can change while its archive stays the same. */
  private static final class Draft {
    private final ModuleRecord origin;
    private String location;
    private Optional<Previous> previous;
    private Desired desired;
    private ModuleState state;
    private Instant since;
    private Optional<Text> reason;
    private Optional<String> committedBy;
    private Optional<Instant> probationUntil;
    private Optional<Text> quarantine;

    Draft(ModuleRecord origin) {
      this.origin = origin;
      this.location = origin.location;
      this.previous = origin.previous;
      this.desired = origin.desired;
      this.state = origin.state;
      this.since = origin.since;
      this.reason = origin.reason;
      this.committedBy = origin.committedBy;
      this.probationUntil = origin.probationUntil;
      this.quarantine = origin.quarantine;
    }

    ModuleRecord record() {
      return new ModuleRecord(
          origin.id,
          origin.version,
          origin.digest,
          location,
          previous,
          desired,
          state,
          since,
          reason,
          origin.titles,
          committedBy,
          probationUntil,
          quarantine);
    }
  }
}
