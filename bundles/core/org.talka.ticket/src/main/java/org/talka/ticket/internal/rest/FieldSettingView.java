/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.List;
import java.util.Map;

/**
 * A field as administrators see it.
 *
 * @param own whether it is the desk's own
 * @param builtIn whether every ticket has it: only what it is called can be changed
 * @param module whose field it is; {@code core} for the desk's
 * @param on ticket types that have it
 * @param declaredOn those of them that can't be taken away
 * @param gone whether nobody declares it any more: what is said of it has no effect
 * @param names language to name
 * @param help language to help text
 * @param troubles what no longer fits, in the caller's language
 */
public record FieldSettingView(
    String key,
    boolean own,
    boolean builtIn,
    String module,
    String type,
    List<String> on,
    List<String> declaredOn,
    List<Option> options,
    boolean multiple,
    boolean required,
    boolean requiredByModule,
    boolean readOnly,
    String audience,
    long max,
    boolean retired,
    boolean gone,
    Map<String, String> names,
    Map<String, String> help,
    List<String> troubles,
    long version) {
  /** A value to choose from. */
  public record Option(String key, Map<String, String> names, boolean retired, boolean declared) {}
}
