/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import java.util.List;

/** Keeps what modules declared beyond their presence. */
public interface DefinitionStore {
  List<StoredDefinition> all();

  /** Adds or replaces, all or none. */
  void save(List<StoredDefinition> definitions);
}
