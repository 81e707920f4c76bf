/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.ticket.TicketGuard.Operation;
import org.talka.ticket.internal.attachment.AttachmentStore;
import org.talka.ticket.internal.attachment.FileNames;
import org.talka.ticket.internal.model.Attachment;
import org.talka.ticket.internal.model.Change;
import org.talka.ticket.internal.model.TicketDraft;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.TicketWriter.Write;
import org.talka.ticket.internal.store.ConversationStore;

/**
 * Files on tickets. Until an agent's file goes out with a public reply it is as internal as a note:
 * it may be meant for one.
 */
@Component(service = Attachments.class)
public class Attachments {
  public static final long MAX_BYTES = 25L * 1024 * 1024;
  private static final int MANY = 500;
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}");

  private final TicketReader reader;
  private final TicketWriter writer;
  private final ConversationStore store;
  private final AttachmentStore files;
  private final Transactions transactions;

  @Activate
  public Attachments(
      @Reference TicketReader reader,
      @Reference TicketWriter writer,
      @Reference ConversationStore store,
      @Reference AttachmentStore files,
      @Reference Transactions transactions) {
    this.reader = reader;
    this.writer = writer;
    this.store = store;
    this.files = files;
    this.transactions = transactions;
  }

  /** Those that the caller may see. */
  public List<Attachment> of(TicketImage ticket) {
    boolean internal = reader.internal(ticket);
    return store.attachments(ticket.id()).stream()
        .filter(file -> internal || visible(file))
        .toList();
  }

  public Attachment get(TicketImage ticket, long id) {
    return store
        .attachment(ticket.id(), id)
        .filter(file -> reader.internal(ticket) || visible(file))
        .orElseThrow(() -> DomainException.notFound("error.ticket.attachment.unknown", "id", id));
  }

  public InputStream open(Attachment attachment) {
    try {
      return files.open(attachment.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException("Attachment " + attachment.id() + " can't be read", e);
    }
  }

  /**
   * Puts a file on a ticket. The bytes are kept before the transaction begins, so that it does not
   * wait for the client; what is refused later leaves bytes that nothing names.
   */
  public Attachment add(String key, String name, String contentType, InputStream bytes) {
    TicketImage seen = reader.get(key);
    reader.writable(seen);
    reader.require("ticket:comment", seen);
    AttachmentStore.Kept kept = keep(bytes);
    try {
      return transactions.required(() -> add(key, name, contentType, kept));
    } finally {
      files.release(kept.sha256());
    }
  }

  private Attachment add(String key, String name, String contentType, AttachmentStore.Kept kept) {
    Caller caller = reader.caller();
    TicketImage before = reader.lock(key);
    reader.require("ticket:comment", before);
    if (store.attachments(before.id()).size() >= MANY) {
      throw DomainException.conflict("error.ticket.attachment.too-many", "max", MANY);
    }
    boolean internal = reader.internal(before);
    Attachment attachment =
        new Attachment(
            writer.id(),
            Optional.empty(),
            internal,
            FileNames.clean(name),
            kept.size(),
            mediaType(contentType),
            kept.imageType(),
            kept.sha256(),
            caller.person(),
            writer.now());
    store.add(before.id(), attachment);
    writer.write(
        Write.of(caller, Operation.UPDATE, "attached", before, new TicketDraft(before))
            .with(new Change("attachment", null, attachment.name()), internal),
        new Refusals());
    return attachment;
  }

  private boolean visible(Attachment file) {
    return !file.internal()
        || reader.caller().person().isPresent() && reader.caller().person().equals(file.uploader());
  }

  private AttachmentStore.Kept keep(InputStream bytes) {
    try {
      return files.keep(bytes, MAX_BYTES);
    } catch (AttachmentStore.TooLargeException e) {
      throw DomainException.of(
          ErrorKind.TOO_LARGE, "error.ticket.attachment.too-large", "max", MAX_BYTES >> 20);
    } catch (IOException e) {
      throw new UncheckedIOException("An attachment can't be kept", e);
    }
  }

  /** The claimed media type without parameters; a generic one when it is none. */
  static String mediaType(String claimed) {
    String type = claimed == null ? "" : claimed.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return MEDIA_TYPE.matcher(type).matches() ? type : "application/octet-stream";
  }
}
