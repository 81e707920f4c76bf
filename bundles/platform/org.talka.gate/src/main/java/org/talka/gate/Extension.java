/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** One extension, callable only through this. */
@ProviderType
public interface Extension<T> {
  /** The module that registered it, or {@code core}. */
  String module();

  /** The implementing class's name: for logs and durable cursors, never for users. */
  String name();

  Map<String, Object> properties();

  /**
   * The string values of a service property that is a string or a list of them; empty if absent.
   */
  Set<String> strings(String property);

  /**
   * Calls a participant on this thread. A {@link org.talka.api.error.DomainException} passes
   * unchanged; any other failure becomes one that names the module, and is counted and logged.
   *
   * @throws org.talka.api.error.DomainException UNAVAILABLE when {@link #callIfOpen} would be
   *     absent
   */
  <R> R call(Function<T, R> work);

  /**
   * Whether a call would be let in now: the module is admitted and the extension's circuit lets
   * somebody pass. A hint; it may change before the call.
   */
  default boolean available() {
    return true;
  }

  /**
   * As {@link #call}, but absent when the extension is not called at all: its module is withdrawn,
   * its circuit is open, or too many calls are inside it already. What that means is for the point
   * to decide. A failure is thrown as by {@link #call}.
   */
  default <R> Optional<R> callIfOpen(Function<T, R> work) {
    return Optional.ofNullable(call(work));
  }

  /**
   * As {@link #callIfOpen}, without an answer.
   *
   * @return whether it was called
   */
  default boolean runIfOpen(Consumer<T> work) {
    return callIfOpen(
            service -> {
              work.accept(service);
              return true;
            })
        .isPresent();
  }

  /** As {@link #call}, without an answer. */
  default void run(Consumer<T> work) {
    call(
        service -> {
          work.accept(service);
          return null;
        });
  }

  /**
   * Tells an observer, bounded by the point's time budget. Failures and overruns are counted and
   * logged here and do not reach the caller.
   *
   * @return whether it was told without failure
   */
  boolean tell(Consumer<T> work);
}
