/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Removes sessions that are over. */
@Component(property = {Job.KEY + "=sessions", Job.SCHEDULE + "=PT1H"})
public class ExpiredSessionsJob implements Job {
  private final Sessions sessions;

  @Activate
  public ExpiredSessionsJob(@Reference Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void run(Context context) {
    context.report(Integer.toString(sessions.purge()));
  }
}
