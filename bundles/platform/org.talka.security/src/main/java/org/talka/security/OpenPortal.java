/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

/** Whether an administrator shows the portal to everybody: a service. Any thread. */
public interface OpenPortal {
  /** False unless somebody has said so. */
  boolean open();
}
