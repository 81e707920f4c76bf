/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Clock;
import java.time.LocalDate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Reminds of reviews every morning. */
@Component(property = {Job.KEY + "=reviews", Job.SCHEDULE + "=20 4 * * *"})
public class ReviewJob implements Job {
  private final Reviews reviews;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public ReviewJob(@Reference Reviews reviews) {
    this.reviews = reviews;
  }

  @Override
  public void run(Context context) {
    int reminded = reviews.remind(LocalDate.now(clock), context::stopping);
    context.report(Integer.toString(reminded));
  }
}
