/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;

/** Go back to the version of a module before. */
@Service
@Command(
    scope = "talka",
    name = "module-rollback",
    description = "Go back to the version of a module before")
public class ModuleRollbackCommand extends ModuleActionCommand {
  @Override
  ModuleAction action() {
    return ModuleAction.ROLLBACK;
  }
}
