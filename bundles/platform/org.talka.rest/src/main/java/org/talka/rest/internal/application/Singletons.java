/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import java.util.Collection;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.server.spi.AbstractContainerLifecycleListener;
import org.glassfish.jersey.server.spi.Container;

/**
 * Makes Jersey use given objects for its resource classes. Registered directly as objects they
 * would each be answered with a warning that they are no providers.
 */
final class Singletons extends AbstractContainerLifecycleListener {
  private final Collection<?> resources;

  Singletons(Collection<?> resources) {
    this.resources = resources;
  }

  AbstractBinder binder() {
    return new AbstractBinder() {
      @Override
      @SuppressWarnings({"unchecked", "rawtypes"})
      protected void configure() {
        for (Object resource : resources) {
          // before Jersey's own binding of the class, which would make an object of it
          bind(resource).to((Class) resource.getClass()).ranked(1);
        }
      }
    };
  }

  /** Fields and setters with {@code @Context} get their proxies. */
  @Override
  public void onStartup(Container container) {
    InjectionManager injection = container.getApplicationHandler().getInjectionManager();
    resources.forEach(injection::inject);
  }
}
