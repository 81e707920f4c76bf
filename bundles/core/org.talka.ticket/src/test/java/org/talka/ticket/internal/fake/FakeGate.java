/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.talka.gate.Extension;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/** Extensions added by a test, called directly. */
public final class FakeGate implements Gate {
  private final Map<Class<?>, List<Extension<?>>> extensions = new HashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final Set<String> withdrawn = new HashSet<>();
  private final Set<String> broken = new HashSet<>();

  public <T> void add(Class<T> point, T service, Map<String, Object> properties) {
    add(point, "test", service, properties);
  }

  public <T> void add(Class<T> point, String module, T service, Map<String, Object> properties) {
    extensions
        .computeIfAbsent(point, p -> new ArrayList<>())
        .add(new Direct<>(this, module, service, properties));
    changed();
  }

  /** The module's extensions are in the lists and not called: a circuit is open. */
  public void open(String module) {
    broken.add(module);
  }

  /** They are called again. */
  public void close(String module) {
    broken.remove(module);
  }

  private void changed() {
    List.copyOf(listeners).forEach(Runnable::run);
  }

  public void clear() {
    extensions.clear();
    withdrawn.clear();
    broken.clear();
  }

  @Override
  public <T> Extensions<T> open(Class<T> point) {
    return new Extensions<>() {
      @Override
      @SuppressWarnings("unchecked")
      public List<Extension<T>> all() {
        List<Extension<T>> all = new ArrayList<>();
        extensions.getOrDefault(point, List.of()).stream()
            .filter(each -> !withdrawn.contains(each.module()))
            .forEach(each -> all.add((Extension<T>) each));
        return all;
      }

      @Override
      public Optional<Extension<T>> named(String property, String value) {
        return all().stream()
            .filter(each -> value.equals(each.properties().get(property)))
            .findFirst();
      }

      @Override
      public void onChange(Runnable listener) {
        listeners.add(listener);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<ExtensionReport> report() {
    return List.of();
  }

  @Override
  public boolean admitted(String moduleId) {
    return !withdrawn.contains(moduleId);
  }

  @Override
  public void admit(String moduleId) {
    withdrawn.remove(moduleId);
    changed();
  }

  @Override
  public boolean withdraw(String moduleId, Duration wait) {
    withdrawn.add(moduleId);
    changed();
    return true;
  }

  private record Direct<T>(FakeGate gate, String module, T service, Map<String, Object> properties)
      implements Extension<T> {
    @Override
    public boolean available() {
      return gate.admitted(module) && !gate.broken.contains(module);
    }

    @Override
    public <R> Optional<R> callIfOpen(Function<T, R> work) {
      return available() ? Optional.ofNullable(call(work)) : Optional.empty();
    }

    @Override
    public String name() {
      return service.getClass().getName();
    }

    @Override
    public Set<String> strings(String property) {
      Object value = properties.get(property);
      return value == null ? Set.of() : Set.of((String) value);
    }

    @Override
    public <R> R call(Function<T, R> work) {
      return work.apply(service);
    }

    @Override
    public boolean tell(Consumer<T> work) {
      if (!available()) {
        return false;
      }
      work.accept(service);
      return true;
    }
  }
}
