/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.time.Instant;
import java.util.Optional;
import org.talka.ticket.internal.model.Attachment;

/**
 * A file as clients get it.
 *
 * @param image whether it can be shown in a page, from {@code …/attachments/{id}/inline}
 * @param comment the comment that it came with
 */
public record AttachmentView(
    long id,
    String name,
    long size,
    String contentType,
    boolean image,
    Optional<Long> comment,
    Instant createdAt) {
  static AttachmentView of(Attachment file) {
    return new AttachmentView(
        file.id(),
        file.name(),
        file.size(),
        file.contentType(),
        file.imageType().isPresent(),
        file.comment(),
        file.createdAt());
  }
}
