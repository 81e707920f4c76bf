/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.problem;

import java.util.List;

/**
 * An error as clients get it (RFC 9457).
 *
 * @param type tells errors apart, whatever the language of their words
 * @param errors wrong fields; null when it is not about fields
 */
public record ProblemDocument(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    List<WrongField> errors,
    String correlationId) {

  /** What is wrong with one field. */
  public record WrongField(String field, String message) {}
}
