/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.unit;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.persistence.Database;

/** A persistence unit that is open. */
@ProviderType
public interface OpenUnit {
  String name();

  Database database();

  /**
   * Closes it: nobody new comes in, and those inside are waited for. Any thread.
   *
   * @return whether all had left within {@code wait}; it is closed in any case
   */
  boolean close(Duration wait);
}
