/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

/** What an administrator wants of a module. */
public enum Desired {
  ACTIVE,
  DISABLED,
  REMOVED
}
