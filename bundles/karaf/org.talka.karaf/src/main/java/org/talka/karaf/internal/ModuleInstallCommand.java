/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.module.ModuleAction;

/** Install a module from the catalogue or from an archive. */
@Service
@Command(
    scope = "talka",
    name = "module-install",
    description = "Install a module from the catalogue or from an archive")
public class ModuleInstallCommand extends ModuleActionCommand {
  @Override
  ModuleAction action() {
    return ModuleAction.INSTALL;
  }
}
