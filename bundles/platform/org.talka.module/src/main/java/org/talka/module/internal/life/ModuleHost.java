/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.talka.api.text.Text;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * What the life cycle does to the running system. Every method may be called again when it was
 * interrupted, and returns after a bounded time whatever the module's code does; failures are
 * {@link StepFailure}s.
 */
public interface ModuleHost {
  /** A module's bundle that is installed now. */
  record Hosted(long bundle, String module, String version, String location, boolean running) {}

  /**
   * A database change that has not been made here.
   *
   * @param description what it does, for the plan
   * @param contract whether it waits until the version before won't come back
   * @param undoable whether it can be taken back
   */
  record Change(String id, String description, boolean contract, boolean undoable) {}

  /** All modules' bundles. */
  List<Hosted> hosted();

  /** A module's bundles that only offer packages to others; they are not among the hosted ones. */
  default List<Hosted> apis(String module) {
    return List.of();
  }

  /** A module will come: its REST paths are closed, not unknown. */
  void expect(String module);

  /** Installs the archive without resolving or starting it. */
  Hosted install(String location, byte[] content);

  /** Wires it, and refuses when something is missing or somebody else would be rewired. */
  void resolve(long bundle);

  /** Its database changes that have not been made here, in order. */
  List<Change> pending(long bundle);

  /** The same of an archive that is not installed. */
  List<Change> pending(ModuleArchive archive);

  /** Makes its new database changes but the contract ones; answers which. */
  List<String> migrate(long bundle);

  /**
   * Takes database changes back, all of them or none; those that were not made are passed over.
   *
   * @return why they stay, if they do
   */
  Optional<Text> undoMigration(String module, List<String> changes);

  /** Makes its contract changes. */
  void contract(long bundle);

  /**
   * Starts it until the framework stops, and waits until all of its components work. The framework
   * never starts it by itself, so that a module that hangs can't keep the desk away.
   */
  void start(long bundle);

  /** Calls its life-cycle extensions. */
  void join(String module, boolean firstInstall, Optional<String> upgradedFrom);

  /** Tells everybody what it declares, in place of what its module declared before. */
  void declare(long bundle, String digest);

  void withdrawDeclarations(String module);

  /** Opens the gate and the REST paths to it. */
  void admit(String module);

  /** Closes both; answers whether all calls returned in time. */
  boolean drain(String module, Duration wait);

  /**
   * @return whether its code came to an end; if not, only a restart of the server frees it
   */
  boolean stop(long bundle);

  /** Where the REST applications of a module are now. */
  default List<String> restBases(String module) {
    return List.of();
  }

  /** Lets go of the classes of a bundle that was stopped, and of what they hold in memory. */
  void unload(long bundle);

  /**
   * Uninstalls it and frees its class loader.
   *
   * @return whether that could be done; if not, only a restart of the server frees it
   */
  boolean uninstall(long bundle);

  /** What has gone wrong with a bundle that runs: it has stopped, or a component of it fails. */
  Optional<Text> ailment(long bundle);

  /** What the archive would miss here; empty when it would resolve. */
  default List<Missing> missing(Wiring archive) {
    return missing(archive, List.of());
  }

  /**
   * The same once others have been installed before.
   *
   * @param others whose offers count as if they were here
   */
  List<Missing> missing(Wiring archive, List<Wiring> others);

  /** Tells the desk's own bundles from any other set of them; modules don't count. */
  long platform();

  /** Ids of other modules that a module's bundles are wired to now. */
  default Set<String> providers(String module) {
    return Set.of();
  }

  /** Symbolic names of bundles that are no modules and whose wiring would change with it. */
  default List<String> strangers(long bundle) {
    return List.of();
  }

  /** Whether a bundle of the desk or of another module has this symbolic name already. */
  boolean isTaken(String symbolicName, String module);

  /** Whether an installed bundle has other content than this archive. */
  boolean differs(long bundle, byte[] archive);
}
