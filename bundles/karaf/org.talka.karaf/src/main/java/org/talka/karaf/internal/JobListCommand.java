/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.time.Instant;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.table.ShellTable;
import org.talka.job.JobRun;
import org.talka.job.JobStatus;
import org.talka.job.Jobs;

/** Lists what is done from time to time. */
@Service
@Command(scope = "talka", name = "job-list", description = "List the jobs")
public class JobListCommand extends ConsoleAction {
  @Reference private Jobs jobs;

  @Override
  void run() {
    ShellTable table = new ShellTable();
    table.column("Job");
    table.column("Schedule");
    table.column("State");
    table.column("Next");
    table.column("Last");
    table.column("Outcome");
    table.column("Millis");
    table.column("Said");
    for (JobStatus job : jobs.all()) {
      table
          .addRow()
          .addContent(
              job.id(),
              job.schedule(),
              state(job),
              job.next().map(Instant::toString).orElse(""),
              job.last().map(run -> run.started().toString()).orElse(""),
              job.last().map(run -> run.outcome().name()).orElse(""),
              job.last().map(run -> Long.toString(run.millis())).orElse(""),
              job.last().flatMap(JobRun::said).orElse(""));
    }
    table.print(System.out);
  }

  private static String state(JobStatus job) {
    if (job.running().isPresent()) {
      return "RUNNING";
    }
    if (!job.present()) {
      return "AWAY";
    }
    return job.paused() ? "PAUSED" : "WAITING";
  }
}
