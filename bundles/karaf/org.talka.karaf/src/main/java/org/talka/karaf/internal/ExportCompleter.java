/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.talka.module.KeptRecords;

/** Completes the names of exports. */
@Service
public class ExportCompleter implements Completer {
  @Reference private KeptRecords kept;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter names = new StringsCompleter();
    kept.exports().forEach(export -> names.getStrings().add(export.file()));
    return names.complete(session, line, candidates);
  }
}
