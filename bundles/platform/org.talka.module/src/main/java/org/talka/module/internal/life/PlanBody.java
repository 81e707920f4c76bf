/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.List;
import java.util.Map;
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
 * @param affects ids of other modules that are wired to its bundle
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
    List<Block> blockers) {
  record Block(Text message, Text remedy) {}
}
