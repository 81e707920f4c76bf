/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.job.Job;

/** Removes API tokens that expired long ago; until then their owners see that they did. */
@Component(property = {Job.KEY + "=tokens", Job.SCHEDULE + "=PT24H"})
public class ExpiredTokensJob implements Job {
  private final Tokens tokens;

  @Activate
  public ExpiredTokensJob(@Reference Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public void run(Context context) {
    context.report(Integer.toString(tokens.purge()));
  }
}
