/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.talka.module.ModuleAction;

/** What can be done with a module. */
@Service
public class ActionCompleter implements Completer {
  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    names.getStrings().addAll(all());
    return names.complete(session, line, candidates);
  }

  static List<String> all() {
    return Arrays.stream(ModuleAction.values())
        .map(action -> action.name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
