/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A service that is fetched at its first use. Not earlier: an extension may need the very service
 * whose constructor opens the extension point.
 */
final class ServiceHandle<T> {
  private final BundleContext context;
  private final ServiceReference<T> reference;
  private final Map<String, Object> properties;
  private final String name;
  private volatile T service;

  ServiceHandle(BundleContext context, ServiceReference<T> reference) {
    this.context = context;
    this.reference = reference;
    Map<String, Object> values = new TreeMap<>();
    for (String key : reference.getPropertyKeys()) {
      values.put(key, reference.getProperty(key));
    }
    this.properties = Map.copyOf(values);
    this.name = String.valueOf(values.getOrDefault("component.name", ""));
  }

  ServiceReference<T> reference() {
    return reference;
  }

  Map<String, Object> properties() {
    return properties;
  }

  /** Declarative Services name a component by its class; other services must be looked at. */
  String name() {
    if (!name.isEmpty()) {
      return name;
    }
    try {
      return get().getClass().getName();
    } catch (IllegalStateException gone) {
      return "service " + properties.get("service.id");
    }
  }

  T get() {
    T known = service;
    return known == null ? fetch() : known;
  }

  private synchronized T fetch() {
    if (service == null) {
      service = context.getService(reference);
      if (service == null) {
        throw new IllegalStateException(
            "Service " + properties.get("service.id") + " (" + name + ") can't be had");
      }
    }
    return service;
  }

  synchronized void release() {
    if (service != null) {
      service = null;
      context.ungetService(reference);
    }
  }
}
