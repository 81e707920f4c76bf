/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the framework's mark "start this with the server" off every module's bundle, before the
 * framework comes to their start level. A console command or an earlier version of the desk may
 * have left it; the framework would run the module's activator on its own thread, and a module that
 * hangs in there would keep everything above it away for ever. Needs nothing, so that it is in time
 * also while the database is away.
 */
@Component(service = Autostart.class, immediate = true)
public final class Autostart {
  private static final Logger LOG = LoggerFactory.getLogger(Autostart.class);

  @Activate
  public Autostart(BundleContext context) {
    for (Bundle bundle : context.getBundles()) {
      if (FrameworkHost.moduleOf(bundle).isPresent() && isOn(bundle) && !runs(bundle)) {
        takeOff(bundle);
      }
    }
  }

  static boolean isOn(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return level != null && level.isPersistentlyStarted();
  }

  private static boolean runs(Bundle bundle) {
    return (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING)) != 0;
  }

  private static void takeOff(Bundle bundle) {
    try {
      bundle.stop();
      LOG.info("Bundle {} is a module: its life cycle starts it, not the framework", bundle);
    } catch (BundleException | IllegalStateException refused) {
      LOG.error("The framework may start bundle {} by itself", bundle, refused);
    }
  }
}
