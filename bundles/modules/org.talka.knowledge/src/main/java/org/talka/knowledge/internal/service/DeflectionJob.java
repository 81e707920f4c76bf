/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Counts from time to time who was answered by an article. */
@Component(property = {Job.KEY + "=deflection", Job.SCHEDULE + "=PT30S"})
public class DeflectionJob implements Job {
  private final Deflection deflection;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public DeflectionJob(@Reference Deflection deflection) {
    this.deflection = deflection;
  }

  @Override
  public void run(Context context) {
    deflection.settle(clock.instant());
  }
}
