/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.intake.ModuleBundle;
import org.talka.module.internal.store.Artifact;
import org.talka.module.internal.store.ModuleRecord;

/**
 * Whom the life cycle asks and tells. Called on the threads that work on modules; nothing in here
 * may throw or block for long.
 */
@FunctionalInterface
interface Surroundings {
  /** A module's state changed. */
  void changed(String module, ModuleState state);

  /** An operation came to a step, or ended. */
  default void progress(String operation, String module) {
    // nobody watches
  }

  /** The module's code is about to run. */
  default void starting(String module) {
    // nobody keeps count
  }

  /**
   * The module's code is about to be stopped: those that need it come first.
   *
   * @param wait how long calls that run in them may take to finish
   */
  default void leaving(String module, Duration wait) {
    // nobody needs it
  }

  /** Its start has returned. */
  default void started(String module) {
    // nobody keeps count
  }

  /** Asked while the server starts, before the module's code does. */
  default Optional<Veto> veto(ModuleRecord module) {
    return Optional.empty();
  }

  /** What the framework installs of an archive. */
  default byte[] bundle(Artifact archive) {
    return archive.content();
  }

  /** What else it installs of it, for others to import from. */
  default List<ModuleBundle> apis(Artifact archive) {
    return List.of();
  }

  /** What is done with records; fails while the place that keeps them is not here. */
  default Records records() {
    throw new StepFailure(Text.of("error.module.records"));
  }

  /** How long a new version is watched before it is trusted. */
  default Duration grace() {
    return Duration.ofSeconds(60);
  }

  /**
   * Why a module must not start together with the server.
   *
   * @param lasting whether it stays in quarantine until somebody lets it out, or is only left out
   *     this time
   */
  record Veto(Text reason, boolean lasting) {}
}
