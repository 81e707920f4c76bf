/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event;

import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** The open streams. */
@ProviderType
public interface StreamSessions {
  /**
   * Ends every stream that this is true of, at once. Any thread.
   *
   * @return how many
   */
  int end(Predicate<StreamSession> which);

  /** How many are open. */
  int open();
}
