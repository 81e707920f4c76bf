/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;

/** Stop a module; its records stay readable. */
@Service
@Command(
    scope = "talka",
    name = "module-disable",
    description = "Stop a module; its records stay readable")
public class ModuleDisableCommand extends ModuleActionCommand {
  @Override
  ModuleAction action() {
    return ModuleAction.DISABLE;
  }
}
