/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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

  public <T> void add(Class<T> point, T service, Map<String, Object> properties) {
    extensions
        .computeIfAbsent(point, p -> new ArrayList<>())
        .add(new Direct<>(service, properties));
  }

  public void clear() {
    extensions.clear();
  }

  @Override
  public <T> Extensions<T> open(Class<T> point) {
    return new Extensions<>() {
      @Override
      @SuppressWarnings("unchecked")
      public List<Extension<T>> all() {
        List<Extension<T>> all = new ArrayList<>();
        extensions.getOrDefault(point, List.of()).forEach(each -> all.add((Extension<T>) each));
        return all;
      }

      @Override
      public Optional<Extension<T>> named(String property, String value) {
        return all().stream()
            .filter(each -> value.equals(each.properties().get(property)))
            .findFirst();
      }

      @Override
      public void onChange(Runnable listener) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public List<ExtensionReport> report() {
    return List.of();
  }

  @Override
  public void admit(String moduleId) {}

  @Override
  public boolean withdraw(String moduleId, Duration wait) {
    return true;
  }

  private record Direct<T>(T service, Map<String, Object> properties) implements Extension<T> {
    @Override
    public String module() {
      return "test";
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
      work.accept(service);
      return true;
    }
  }
}
