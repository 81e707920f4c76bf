/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/** How patient the life cycle is: the configuration {@code org.talka.module}. Thread-safe. */
@Component(service = EngineSettings.class, configurationPid = "org.talka.module")
public final class EngineSettings {
  private volatile Values values;

  /** The keys of the configuration. */
  public @interface Values {
    /** Seconds that a new version is watched before it is trusted: {@code grace.seconds}. */
    long grace_seconds() default 60;

    /** Seconds that a module may take to start: {@code start.seconds}. */
    long start_seconds() default 30;
  }

  @Activate
  public EngineSettings(Values values) {
    this.values = values;
  }

  @Modified
  void change(Values changed) {
    values = changed;
  }

  /** How long a new version is watched; then its contract changes are made. */
  Duration grace() {
    return Duration.ofSeconds(Math.max(0, values.grace_seconds()));
  }

  /** How long a module may take to start. */
  Duration start() {
    return Duration.ofSeconds(Math.max(1, values.start_seconds()));
  }
}
