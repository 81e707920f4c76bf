/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.delivery;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Deletes events that everybody has heard of, when they are old. */
@Component(property = {Job.KEY + "=events", Job.SCHEDULE + "=PT1H"})
public final class OldEventsJob implements Job {
  private final EventDelivery delivery;

  @Activate
  public OldEventsJob(@Reference EventDelivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public void run(Context context) {
    context.report(Integer.toString(delivery.deleteOld()));
  }
}
