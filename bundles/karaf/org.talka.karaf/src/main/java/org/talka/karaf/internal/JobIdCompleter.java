/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.talka.job.Jobs;

/** Ids of jobs. */
@Service
public class JobIdCompleter implements Completer {
  @Reference private Jobs jobs;

  @Override
  public int complete(Session session, CommandLine line, List<String> candidates) {
    StringsCompleter ids = new StringsCompleter();
    jobs.all().forEach(job -> ids.getStrings().add(job.id()));
    return ids.complete(session, line, candidates);
  }
}
