/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.talka.api.error.DomainException;
import org.talka.api.text.Text;
import org.talka.module.ModuleAction;

/**
 * A plan in no language yet, as it is stored. Words of a module that is not installed are kept with
 * it, by language.
 *
 * @param from the version that runs now, empty when none does
 * @param to the version that would run after, empty when none will
 * @param digest of the archive to run, or of the one that would go
 * @param changes database changes by what they say of themselves
 * @param notes sentences that follow the summary
 * @param affects ids of other modules that need it, and pause or wait with it
 * @param signature who vouches for the archive to run; null when none would
 * @param details what the framework and the registry will show; null in plans of earlier versions
 * @param also what is done before, to other modules that it needs, in this order
 */
record PlanBody(
    ModuleAction action,
    String module,
    String from,
    String to,
    String version,
    String digest,
    Map<String, String> titles,
    List<String> steps,
    List<Map<String, String>> ticketTypes,
    List<Map<String, String>> permissions,
    List<Map<String, String>> navigation,
    List<String> resources,
    List<String> changes,
    List<Text> notes,
    List<String> affects,
    List<Block> blockers,
    Signature signature,
    Details details,
    List<PlanBody> also) {
  private static final ObjectMapper JSON = new ObjectMapper();

  PlanBody {
    // plans of earlier versions know of none
    also = also == null ? List.of() : List.copyOf(also);
  }

  /** As it is stored. */
  String write() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static PlanBody read(String json) {
    try {
      return JSON.readValue(json, PlanBody.class);
    } catch (JsonProcessingException older) {
      // written by another version of the desk
      throw DomainException.conflict("error.module.plan.stale");
    }
  }

  /** What somebody has to agree to, of all that would be done. */
  List<String> consent() {
    return Stream.concat(also.stream(), Stream.of(this))
        .filter(plan -> plan.details != null)
        .flatMap(plan -> plan.details.consent().stream())
        .distinct()
        .toList();
  }

  /** Without what is done before. */
  PlanBody alone() {
    return also.isEmpty() ? this : with(blockers, List.of());
  }

  /** With others before it, and what keeps them from coming. */
  PlanBody after(List<PlanBody> others, List<Block> obstacles) {
    return with(Stream.concat(blockers.stream(), obstacles.stream()).distinct().toList(), others);
  }

  private PlanBody with(List<Block> obstacles, List<PlanBody> others) {
    return new PlanBody(
        action,
        module,
        from,
        to,
        version,
        digest,
        titles,
        steps,
        ticketTypes,
        permissions,
        navigation,
        resources,
        changes,
        notes,
        affects,
        obstacles,
        signature,
        details,
        others);
  }

  record Block(Text message, Text remedy) {}

  record Signature(String verdict, Text text) {}

  /**
   * @param bundles what happens to bundles, in order
   * @param databaseChanges what has not been made here, also what waits for the grace period
   * @param removes what is offered now and would not be any more
   * @param declares keys that the module would declare afterwards
   * @param wayBack what a roll-back could do afterwards
   * @param consent what it wants that it may not do now; null in plans of earlier versions
   * @param frames pages of its own that would be there afterwards and are not now, with what they
   *     may ask for; likewise
   */
  record Details(
      List<BundleChange> bundles,
      List<ModuleHost.Change> databaseChanges,
      Offer removes,
      List<String> declares,
      Text wayBack,
      List<String> consent,
      List<Map<String, String>> frames) {
    Details {
      consent = consent == null ? List.of() : List.copyOf(consent);
      frames = frames == null ? List.of() : List.copyOf(frames);
    }
  }

  /**
   * @param change {@code install}, {@code start}, {@code stop}, {@code uninstall} or {@code
   *     refresh}
   */
  record BundleChange(String change, String bundle, String version) {}
}
