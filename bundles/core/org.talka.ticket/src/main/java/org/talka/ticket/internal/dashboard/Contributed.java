/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

/**
 * A widget that the desk or a module offers, by declaration or as code. The module need not be
 * here: the widget's place waits for it.
 *
 * @param source the module's id, a stroke and the widget's key
 * @param was what it was called when it was put there, for the time when nobody knows its name
 */
public record Contributed(String source, String was) implements Content {}
