/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.rest;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A file that was sent in the part {@code file} of {@code multipart/form-data} (RFC 7578): the body
 * of a resource method that consumes that type. Read once, on the request's thread, while the
 * method runs.
 */
@ProviderType
public interface Upload {
  /**
   * The file's name, made harmless to show: without folders and control characters, at most 200
   * characters; empty when the client gave none. Never use it as a path.
   */
  String name();

  /** What the client says that it is, a claim and no more; empty when it says nothing. */
  String contentType();

  /**
   * The content; blocks on the client.
   *
   * @param most in bytes
   * @throws org.talka.api.error.DomainException TOO_LARGE beyond {@code most}, MALFORMED when the
   *     body ends too early
   */
  byte[] bytes(int most);
}
