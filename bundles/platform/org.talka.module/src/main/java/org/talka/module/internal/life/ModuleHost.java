/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.talka.api.text.Text;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * What the life cycle does to the running system. Every method may be called again when it was
 * interrupted; failures are {@link StepFailure}s.
 */
public interface ModuleHost {
  /** A module's bundle that is installed now. */
  record Hosted(long bundle, String module, String version, String location, boolean running) {}

  /** All modules' bundles. */
  List<Hosted> hosted();

  /** Installs the archive without resolving or starting it. */
  Hosted install(String location, byte[] content);

  /** Wires it, and refuses when something is missing or somebody else would be rewired. */
  void resolve(long bundle);

  /** Runs its new database changes; answers which, so that they can be undone. */
  List<String> migrate(long bundle);

  void undoMigration(String module, List<String> changes);

  /** Starts it for good and waits until all of its components are satisfied. */
  void start(long bundle);

  /** Calls its life-cycle extensions. */
  void join(String module, boolean firstInstall, Optional<String> upgradedFrom);

  /** Tells everybody what it declares. */
  void declare(long bundle, String digest);

  void withdrawDeclarations(long bundle);

  /** Opens the gate and the REST paths to it. */
  void admit(String module);

  /** Closes both; answers whether all calls returned in time. */
  boolean drain(String module, Duration wait);

  void stop(long bundle);

  /** Uninstalls it and frees its class loader. */
  void uninstall(long bundle);

  /** What the archive would miss here; empty when it would resolve. */
  List<Missing> missing(ModuleArchive archive);

  /** Ids of other modules whose wiring would change if this bundle's did. */
  List<String> dependents(long bundle);

  /** Whether a bundle of the desk or of another module has this symbolic name already. */
  boolean isTaken(String symbolicName, String module);

  /**
   * @param what what is not there
   * @param remedy what to do about it
   */
  record Missing(Text what, Text remedy) {}
}
