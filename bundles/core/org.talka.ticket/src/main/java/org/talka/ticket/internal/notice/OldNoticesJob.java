/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;
import org.talka.ticket.internal.store.NoticeStore;

/** Forgets what people were told long ago. */
@Component(property = {Job.KEY + "=notices", Job.SCHEDULE + "=PT1H"})
public class OldNoticesJob implements Job {
  static final Duration KEPT = Duration.ofDays(90);

  private final NoticeStore store;
  private final Clock clock;

  @Activate
  public OldNoticesJob(@Reference NoticeStore store) {
    this(store, Clock.systemUTC());
  }

  OldNoticesJob(NoticeStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void run(Context context) {
    Instant before = clock.instant().minus(KEPT);
    int forgotten = 0;
    int some;
    do {
      some = store.forget(before);
      forgotten += some;
    } while (some > 0 && !context.stopping());
    context.report(Integer.toString(forgotten));
  }
}
