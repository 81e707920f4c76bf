/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

/**
 * A part of a dashboard.
 *
 * @param id unique on its dashboard
 * @param title empty for a contributed one that keeps its own name
 */
public record Widget(String id, String title, Place place, Content content) {}
