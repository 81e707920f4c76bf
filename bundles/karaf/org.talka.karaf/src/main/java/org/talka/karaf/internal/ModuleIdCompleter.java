/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.talka.module.Modules;

/** Ids of modules that are installed or on offer. */
@Service
public class ModuleIdCompleter implements Completer {
  @Reference private Modules modules;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter ids = new StringsCompleter();
    modules.list(ConsoleAction.LOCALE).forEach(module -> ids.getStrings().add(module.id()));
    modules.catalogue(ConsoleAction.LOCALE).forEach(offer -> ids.getStrings().add(offer.id()));
    return ids.complete(session, line, candidates);
  }
}
