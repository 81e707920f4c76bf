/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence;

/**
 * A change set that has not run here.
 *
 * @param id unique in the unit
 * @param description what it does, for the plan
 * @param contract whether it takes something away and therefore waits until the old version is gone
 * @param undoable whether {@link MigrationRunner#undo} can take it back
 */
public record PendingChange(String id, String description, boolean contract, boolean undoable) {}
