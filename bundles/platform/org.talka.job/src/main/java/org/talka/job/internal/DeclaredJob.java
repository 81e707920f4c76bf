/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal;

import java.util.regex.Pattern;
import org.talka.api.job.Job;
import org.talka.gate.Extension;
import org.talka.job.internal.schedule.Schedule;

/** A job that is here, with what its service properties say. */
record DeclaredJob(
    String id, String key, String written, Schedule schedule, boolean queues, Extension<Job> job) {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

  /**
   * @throws IllegalArgumentException if a property is missing or wrong
   */
  static DeclaredJob of(Extension<Job> job) {
    String key = property(job, Job.KEY, "");
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(Job.KEY + " is wrong: \"" + key + "\"");
    }
    String overlap = property(job, Job.OVERLAP, Job.SKIP);
    if (!overlap.equals(Job.SKIP) && !overlap.equals(Job.QUEUE)) {
      throw new IllegalArgumentException(Job.OVERLAP + " is wrong: \"" + overlap + "\"");
    }
    String written = property(job, Job.SCHEDULE, "");
    if (written.length() > 120) {
      throw new IllegalArgumentException(Job.SCHEDULE + " is too long");
    }
    return new DeclaredJob(
        job.module() + "." + key,
        key,
        written,
        Schedule.parse(written),
        overlap.equals(Job.QUEUE),
        job);
  }

  private static String property(Extension<Job> job, String name, String otherwise) {
    return job.strings(name).stream().findFirst().orElse(otherwise);
  }

  String module() {
    return job.module();
  }
}
