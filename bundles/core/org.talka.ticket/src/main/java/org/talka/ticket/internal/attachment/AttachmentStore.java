/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where the bytes of attachments live. */
public interface AttachmentStore {
  /**
   * Keeps all bytes of a stream, durably, and for the caller until {@link #release}.
   *
   * @throws TooLargeException when there are more than {@code maxBytes}; nothing is kept then
   */
  Kept keep(InputStream bytes, long maxBytes) throws IOException, TooLargeException;

  InputStream open(String sha256) throws IOException;

  /** What was kept is written down by now, or not wanted any more. */
  void release(String sha256);

  /**
   * Removes bytes that nobody names and nobody is about to; else does nothing.
   *
   * @param named whether anybody names them, asked while nobody can keep the same ones
   */
  void forget(String sha256, BooleanSupplier named) throws IOException;

  /**
   * @param imageType see {@link ImageKind}
   */
  record Kept(String sha256, long size, Optional<String> imageType) {}

  /** There were more bytes than allowed. */
  class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
