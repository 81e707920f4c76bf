/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.talka.api.text.Text;

class ComponentCheckTest {
  private final List<Object> returned = new ArrayList<>();
  private final ComponentCheck check =
      new ComponentCheck(fake(ServiceComponentRuntime.class, (proxy, method, args) -> null));

  @Test
  void findsAComponentThatCanNotBeMadeThoughNobodyUsesItYet() {
    ServiceReference<?> sound = component("org.talka.problem.internal.Store");
    ServiceReference<?> broken = component("org.talka.problem.internal.Workarounds");
    assertEquals(
        Optional.of(Text.of("error.module.component.failed", "component", "Workarounds")),
        check.tryOut(bundle(sound, broken), borrower(Map.of(sound, new Object()))));
    assertEquals(List.of(sound), returned);
  }

  @Test
  void givesBackWhatItBorrows() {
    ServiceReference<?> sound = component("a.Store");
    assertEquals(
        Optional.empty(), check.tryOut(bundle(sound), borrower(Map.of(sound, new Object()))));
    assertEquals(List.of(sound), returned);
  }

  @Test
  void leavesServicesAloneThatAreNoComponents() {
    assertEquals(Optional.empty(), check.tryOut(bundle(component(null)), borrower(Map.of())));
    assertEquals(Optional.empty(), check.tryOut(bundle(), borrower(Map.of())));
  }

  private static ServiceReference<?> component(String name) {
    return fake(
        ServiceReference.class,
        (proxy, method, args) ->
            switch (method.getName()) {
              case "getProperty" -> name;
              case "equals" -> proxy == args[0];
              case "hashCode" -> System.identityHashCode(proxy);
              default -> null;
            });
  }

  private static Bundle bundle(ServiceReference<?>... offered) {
    return fake(Bundle.class, (proxy, method, args) -> offered);
  }

  private BundleContext borrower(Map<ServiceReference<?>, Object> services) {
    return fake(
        BundleContext.class,
        (proxy, method, args) ->
            method.getName().equals("ungetService")
                ? returned.add(args[0])
                : services.get(args[0]));
  }

  private static <T> T fake(Class<T> type, InvocationHandler answers) {
    return type.cast(
        Proxy.newProxyInstance(
            ComponentCheckTest.class.getClassLoader(), new Class<?>[] {type}, answers));
  }
}
