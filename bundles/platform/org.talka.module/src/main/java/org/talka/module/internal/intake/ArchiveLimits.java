/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

/**
 * How large an archive may be.
 *
 * @param bytes of the archive itself
 * @param entries how many files it may hold
 * @param ratio how many times its size its content may have
 * @param alwaysExpanded content that is allowed whatever the ratio, in bytes
 * @param described bytes of its manifest, descriptor, words and other files that are read
 */
public record ArchiveLimits(
    int bytes, int entries, int ratio, long alwaysExpanded, long described) {
  public static final ArchiveLimits STANDARD =
      new ArchiveLimits(64 * 1024 * 1024, 20_000, 20, 8L * 1024 * 1024, 8L * 1024 * 1024);

  /** Bytes of content that an archive of this size may have. */
  long expanded(int compressed) {
    return Math.max(alwaysExpanded, (long) ratio * compressed);
  }
}
