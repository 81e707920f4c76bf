/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.dashboard;

/** What a widget shows. */
public sealed interface Content permits Figure, Contributed {}
