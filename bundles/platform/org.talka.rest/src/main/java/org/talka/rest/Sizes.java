/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

/** Sizes as people read them. */
final class Sizes {
  private Sizes() {}

  static String shown(long bytes) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + " MB";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + " KB" : bytes + " B";
  }
}
