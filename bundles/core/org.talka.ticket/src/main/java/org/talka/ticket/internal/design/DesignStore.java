/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the wishes of administrators are stored. */
public interface DesignStore {
  /** All that is in effect; what can't be read is reported in the log and left out. */
  Designs all();

  Optional<Setting> find(Setting.Key key);

  /** The versions of all settings of a kind, by name. */
  Map<String, Long> versionsOf(Setting.Kind kind);

  /** Reads one and keeps others from changing it until the transaction ends. */
  Optional<Setting> lock(Setting.Key key);

  /** Adds or replaces. */
  void save(Setting setting);

  void remove(Setting.Key key);

  /** Every version of a workflow, the latest first. */
  List<PublishedWorkflow> versions(String workflow);

  void add(PublishedWorkflow version);

  /** All versions of a workflow, for ever. */
  void forget(String workflow);

  void takeBack(String workflow, int number, PublishedWorkflow.TakenBack takenBack);
}
