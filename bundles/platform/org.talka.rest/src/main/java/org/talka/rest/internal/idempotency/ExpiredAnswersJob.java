/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Removes answers that were kept for requests which might have come again. */
@Component(property = {Job.KEY + "=answers", Job.SCHEDULE + "=PT1H"})
public class ExpiredAnswersJob implements Job {
  private final Idempotency idempotency;

  @Activate
  public ExpiredAnswersJob(@Reference Idempotency idempotency) {
    this.idempotency = idempotency;
  }

  @Override
  public void run(Context context) {
    context.report(Integer.toString(idempotency.purge()));
  }
}
