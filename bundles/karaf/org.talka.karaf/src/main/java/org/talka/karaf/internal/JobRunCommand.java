/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.talka.job.Jobs;

/** Runs a job now. */
@Service
@Command(scope = "talka", name = "job-run", description = "Run a job now, in the background")
public class JobRunCommand extends ConsoleAction {
  @Argument(name = "job", required = true, description = "The job's id, as talka:job-list has it")
  @Completion(JobIdCompleter.class)
  private String job;

  @Reference private Jobs jobs;

  @Override
  void run() {
    jobs.runNow(job);
    System.out.println("Job " + job + " runs; talka:job-list shows what comes of it");
  }
}
