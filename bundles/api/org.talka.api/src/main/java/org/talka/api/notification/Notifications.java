/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.notification;

import java.util.Collection;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.security.PersonId;

/**
 * Tells people under the bell of the desk, each in their language. Which module speaks follows from
 * the bundle that takes the service; while the module is away, what it told is not shown. Whoever
 * is told of a record again before having read the first has the last word only. Nothing tells how
 * often something was told: who must not tell it twice remembers that, in the same transaction.
 *
 * <p>Writes join the transaction of the thread, and bells ring once it is committed. All methods
 * block on the database.
 */
@ProviderType
public interface Notifications {
  /**
   * @param people closed accounts, and those who chose not to be told of modules' records, are left
   *     out
   * @return how many are told
   * @throws IllegalArgumentException for what is longer than it may be
   */
  int tell(Collection<PersonId> people, Notification notification);

  /**
   * Tells those who have a permission by one of their roles, at most 200 of them: for what has
   * nobody of its own.
   *
   * @return how many are told
   */
  int tellHolders(String permission, Notification notification);
}
