/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.model;

import java.time.Instant;
import java.util.Optional;
import org.talka.api.security.PersonId;

/**
 * A file on a ticket.
 *
 * @param comment the comment that it came with
 * @param internal whether it came with an internal note
 * @param name cleaned, fit to show
 * @param contentType what the uploader claimed; never served as the type of a page
 * @param imageType the media type that its bytes prove, for the few kinds shown inline
 * @param sha256 of its bytes, in hexadecimal
 */
public record Attachment(
    long id,
    Optional<Long> comment,
    boolean internal,
    String name,
    long size,
    String contentType,
    Optional<String> imageType,
    String sha256,
    Optional<PersonId> uploader,
    Instant createdAt) {}
