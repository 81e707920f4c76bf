/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

/** Whether an administrator shows the portal to everybody: a service. Any thread. */
public interface OpenPortal {
  /** False unless somebody has said so. */
  boolean open();

  /**
   * Somebody who has not signed in searches. Those of one address may do so only so often.
   *
   * @param address the client's
   * @throws org.talka.api.error.DomainException TOO_MANY, with the time to wait
   */
  default void search(String address) {}
}
