/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal.jdk;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** Mends what a newer JDK took from the console. */
public final class Activator implements BundleActivator {
  /** The first release without {@code Subject.getSubject}. */
  private static final int WITHOUT_GET_SUBJECT = 24;

  @Override
  public void start(BundleContext context) {
    if (Runtime.version().feature() >= WITHOUT_GET_SUBJECT) {
      context.registerService(WeavingHook.class, new SubjectWeaver(), null);
    }
  }

  @Override
  public void stop(BundleContext context) {
    // the framework takes the service back
  }
}
