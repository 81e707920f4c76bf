/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

import java.util.List;

/**
 * What somebody asks of tickets; null where nothing is said.
 *
 * @param kind {@code count}, {@code list}, {@code chart} or {@code average}
 * @param shape {@code bar}, {@code line} or {@code pie}
 * @param by a field, or {@code over} times for a chart over time
 */
public record FigureValues(
    String kind,
    String q,
    String sort,
    Integer limit,
    String shape,
    String by,
    List<String> over,
    Integer days) {}
