/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.internal;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** A service registry without a framework: as much of it as a service tracker uses. */
final class FakeRegistry {
  private final Map<ServiceReference<?>, Supplier<?>> services = new LinkedHashMap<>();
  private final List<ServiceListener> listeners = new ArrayList<>();
  private long nextId = 1;
  private int fetched;

  /** How often a service was fetched from the registry. */
  int fetched() {
    return fetched;
  }

  BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "createFilter" -> FrameworkUtil.createFilter((String) args[0]);
                  case "addServiceListener" -> listeners.add((ServiceListener) args[0]);
                  case "removeServiceListener" -> listeners.remove((ServiceListener) args[0]);
                  case "getServiceReferences" -> references((String) args[0]);
                  case "getService" -> {
                    fetched++;
                    yield services.get(args[0]).get();
                  }
                  case "ungetService" -> true;
                  case "hashCode" -> 1;
                  case "equals" -> proxy == args[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private ServiceReference<?>[] references(String point) {
    return services.keySet().stream()
        .filter(r -> ((String[]) r.getProperty(Constants.OBJECTCLASS))[0].equals(point))
        .toArray(ServiceReference<?>[]::new);
  }

  /**
   * @param module the id in the registering bundle's header, empty for none
   */
  <T> ServiceReference<?> register(
      Class<T> point, Supplier<T> service, String module, Map<String, Object> properties) {
    ServiceReference<?> reference = new Reference(nextId++, point, module, properties).proxy();
    services.put(reference, service);
    fire(ServiceEvent.REGISTERED, reference);
    return reference;
  }

  void unregister(ServiceReference<?> reference) {
    fire(ServiceEvent.UNREGISTERING, reference);
    services.remove(reference);
  }

  private void fire(int type, ServiceReference<?> reference) {
    List.copyOf(listeners).forEach(l -> l.serviceChanged(new ServiceEvent(type, reference)));
  }

  private record Reference(long id, Class<?> point, String module, Map<String, Object> properties) {
    ServiceReference<?> proxy() {
      Hashtable<String, Object> all = new Hashtable<>(properties);
      all.put(Constants.OBJECTCLASS, new String[] {point.getName()});
      all.put(Constants.SERVICE_ID, id);
      Bundle bundle = bundle();
      return (ServiceReference<?>)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ServiceReference.class},
              (proxy, method, args) ->
                  switch (method.getName()) {
                    case "getProperty" -> all.get(args[0]);
                    case "getPropertyKeys" -> all.keySet().toArray(String[]::new);
                    case "getBundle" -> bundle;
                    case "compareTo" -> compare((ServiceReference<?>) args[0]);
                    case "hashCode" -> (int) id;
                    case "equals" -> proxy == args[0];
                    case "toString" -> "service " + id;
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    /** OSGi: a lower ranking is less; with equal rankings a later service is less. */
    private int compare(ServiceReference<?> other) {
      int mine = (int) properties.getOrDefault(Constants.SERVICE_RANKING, 0);
      Object theirs = other.getProperty(Constants.SERVICE_RANKING);
      int byRanking = Integer.compare(mine, theirs == null ? 0 : (int) theirs);
      return byRanking != 0
          ? byRanking
          : Long.compare((long) other.getProperty(Constants.SERVICE_ID), id);
    }

    private Bundle bundle() {
      Hashtable<String, String> headers = new Hashtable<>();
      if (!module.isEmpty()) {
        headers.put("Talka-Module", module + ";title=\"A module\";vendor=\"Somebody\";schema=1");
      }
      return (Bundle)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Bundle.class},
              (proxy, method, args) -> {
                if (method.getName().equals("getHeaders")) {
                  return headers;
                }
                throw new UnsupportedOperationException(method.getName());
              });
    }
  }
}
