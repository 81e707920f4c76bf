/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The extensions of one point, as they are now. Thread-safe; reading does not lock. */
@ProviderType
public interface Extensions<T> extends AutoCloseable {
  /** Admitted extensions, highest service ranking first, then oldest first. */
  List<Extension<T>> all();

  /** The first whose string service property has this value. */
  Optional<Extension<T>> named(String property, String value);

  /**
   * Those of one module, admitted or not, callable in any case: for the module's life cycle, which
   * calls a module before it is admitted.
   */
  default List<Extension<T>> of(String moduleId) {
    return all().stream().filter(extension -> extension.module().equals(moduleId)).toList();
  }

  /** Runs after an extension came or went, on an unspecified thread. */
  void onChange(Runnable listener);

  @Override
  void close();
}
