/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;

/** Start a module that was disabled. */
@Service
@Command(scope = "talka", name = "module-enable", description = "Start a module that was disabled")
public class ModuleEnableCommand extends ModuleActionCommand {
  @Override
  ModuleAction action() {
    return ModuleAction.ENABLE;
  }
}
