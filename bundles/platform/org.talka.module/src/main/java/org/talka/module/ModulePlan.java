/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Optional;

/**
 * What an operation would do; nothing of it has been done. Texts are in the reader's language.
 *
 * @param action in lower case, for example {@code install}
 * @param from the version that runs now
 * @param to the version that would run after
 * @param summary in a few sentences, for somebody who is no engineer
 * @param affects ids of other modules that need it, and pause or wait with it
 * @param blockers why it can't be applied; empty when it can
 * @param bundles what happens to bundles, in order; nobody else's are touched
 * @param removes what is there now and would not be any more
 * @param databaseChanges what has not been made in this database
 * @param wayBack whether and how long the version before could be had back
 * @param consent what the module wants that it may not do now, and an administrator has to agree to
 * @param also what is done to other modules that it needs, before and in this order
 * @param signature who vouches for the archive that would run; absent when none would
 */
public record ModulePlan(
    String id,
    String action,
    String module,
    Optional<String> from,
    Optional<String> to,
    String summary,
    List<Step> steps,
    Adds adds,
    List<String> affects,
    List<Blocker> blockers,
    Optional<ModuleSignature> signature,
    List<BundleChange> bundles,
    Adds removes,
    List<DatabaseChange> databaseChanges,
    Optional<String> wayBack,
    List<Also> also,
    List<String> consent) {
  /** One of which no more is known than what every plan says. */
  public ModulePlan(
      String id,
      String action,
      String module,
      Optional<String> from,
      Optional<String> to,
      String summary,
      List<Step> steps,
      Adds adds,
      List<String> affects,
      List<Blocker> blockers,
      Optional<ModuleSignature> signature) {
    this(
        id,
        action,
        module,
        from,
        to,
        summary,
        steps,
        adds,
        affects,
        blockers,
        signature,
        List.of(),
        Adds.NOTHING,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of());
  }

  /**
   * @param seconds about how long it takes
   * @param undo whether a failure later takes it back
   */
  public record Step(String id, String title, double seconds, boolean undo) {}

  /**
   * What would be there afterwards that is not now.
   *
   * @param frames pages of the module's own that the web UI would show in a sandbox, each with the
   *     scopes that it may use the API with
   */
  public record Adds(
      List<String> ticketTypes,
      List<String> permissions,
      List<String> navigation,
      List<String> resources,
      List<String> frames) {
    static final Adds NOTHING = new Adds(List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /**
   * @param change {@code install}, {@code start}, {@code stop}, {@code uninstall} or {@code
   *     refresh}
   * @param bundle its symbolic name
   */
  public record BundleChange(String change, String bundle, String version) {}

  /**
   * @param contract whether it waits until the new version has proved itself, and closes the way
   *     back
   * @param undo whether it can be taken back
   */
  public record DatabaseChange(String id, String description, boolean contract, boolean undo) {}

  /**
   * What is done to another module.
   *
   * @param from the version that runs now
   * @param to the version that would run after
   * @param seconds about how long it takes
   * @param ticketTypes what would be there afterwards that is not now, as {@link Adds} says it
   */
  public record Also(
      String module,
      String title,
      String action,
      Optional<String> from,
      Optional<String> to,
      double seconds,
      List<String> ticketTypes,
      List<String> permissions,
      List<String> navigation,
      List<String> frames) {}

  public record Blocker(String message, String remedy) {}
}
