/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Counts how well items are recorded, once a day before people come to work. */
@Component(property = {Job.KEY + "=health", Job.SCHEDULE + "=10 3 * * *"})
public class HealthJob implements Job {
  private final Health health;

  @Activate
  public HealthJob(@Reference Health health) {
    this.health = health;
  }

  @Override
  public void run(Context context) {
    context.report(Integer.toString(health.count()));
  }
}
