/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/** A resource object borrowed from the service registry for one generation. */
final class ResourceLease {
  private final ServiceObjects<Object> objects;
  private final Object resource;

  ResourceLease(ServiceObjects<Object> objects, Object resource) {
    this.objects = objects;
    this.resource = resource;
  }

  Object resource() {
    return resource;
  }

  ServiceReference<Object> reference() {
    return objects.getServiceReference();
  }

  void end() {
    try {
      objects.ungetService(resource);
    } catch (IllegalStateException | IllegalArgumentException gone) {
      // its bundle left before the last request did
    }
  }
}
