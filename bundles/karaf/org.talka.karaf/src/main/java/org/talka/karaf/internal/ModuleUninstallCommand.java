/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;

/** Remove a module and keep its archive and data. */
@Service
@Command(
    scope = "talka",
    name = "module-uninstall",
    description = "Remove a module and keep its archive and data")
public class ModuleUninstallCommand extends ModuleActionCommand {
  @Override
  ModuleAction action() {
    return ModuleAction.UNINSTALL;
  }
}
