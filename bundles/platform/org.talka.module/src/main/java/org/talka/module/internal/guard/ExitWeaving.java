/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Offers the {@link ExitWeaver} to the framework, ready made: a hook that is made when it is first
 * asked would be asked again for the classes that its making loads.
 */
@Component(service = {})
public final class ExitWeaving {
  private final ServiceRegistration<WeavingHook> registration;

  @Activate
  public ExitWeaving(BundleContext context) {
    registration = context.registerService(WeavingHook.class, new ExitWeaver(), null);
  }

  @Deactivate
  void withdraw() {
    registration.unregister();
  }
}
