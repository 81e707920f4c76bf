/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Hands services of one kind on as they come and go; their properties mean nothing here. */
record Followed<S>(BundleContext context, Consumer<S> comes, Consumer<S> goes)
    implements ServiceTrackerCustomizer<S, S> {
  @Override
  public S addingService(ServiceReference<S> reference) {
    S service = context.getService(reference);
    if (service != null) {
      comes.accept(service);
    }
    return service;
  }

  @Override
  public void modifiedService(ServiceReference<S> reference, S service) {
    // nothing that matters here
  }

  @Override
  public void removedService(ServiceReference<S> reference, S service) {
    goes.accept(service);
    context.ungetService(reference);
  }
}
