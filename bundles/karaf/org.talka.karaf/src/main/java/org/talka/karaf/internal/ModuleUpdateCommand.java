/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;

/** Update a module, with the old version coming back if the new one fails. */
@Service
@Command(
    scope = "talka",
    name = "module-update",
    description = "Update a module, with the old version coming back if the new one fails")
public class ModuleUpdateCommand extends ModuleActionCommand {
  @Override
  ModuleAction action() {
    return ModuleAction.UPDATE;
  }
}
