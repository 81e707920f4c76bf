/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.fileupload.FileItemIterator;
import org.apache.commons.fileupload.FileItemStream;
import org.apache.commons.fileupload.FileUpload;
import org.apache.commons.fileupload.FileUploadException;
import org.apache.commons.fileupload.UploadContext;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

/**
 * Reads an upload ({@code multipart/form-data}, RFC 7578) part by part as it arrives: nothing is
 * held in memory and nothing is written anywhere. Parts must be read in their order; moving on
 * skips what was not read. Not thread-safe; reading blocks on the client.
 *
 * <pre>
 * Multipart parts = Multipart.of(in, contentType, new Multipart.Limits(50 &lt;&lt; 20, 10));
 * for (Optional&lt;Multipart.Part&gt; part = parts.next(); part.isPresent(); part = parts.next()) { … }
 * </pre>
 */
public final class Multipart {
  private static final int MAX_HEADERS = 2_048;

  private final FileItemIterator items;
  private final Limits limits;
  private int count;

  private Multipart(FileItemIterator items, Limits limits) {
    this.items = items;
    this.limits = limits;
  }

  /**
   * How much an upload may hold.
   *
   * @param bytes of the whole body
   * @param parts their number
   */
  public record Limits(long bytes, int parts) {}

  /**
   * @param body the request's body; stays the caller's to close
   * @param contentType the header as sent, null when absent
   * @throws DomainException UNSUPPORTED_MEDIA when it is no upload, MALFORMED when it is a broken
   *     one
   */
  public static Multipart of(InputStream body, String contentType, Limits limits) {
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw DomainException.of(ErrorKind.UNSUPPORTED_MEDIA, "error.rest.multipart.type");
    }
    if (!contentType.toLowerCase(Locale.ROOT).contains("boundary=")) {
      throw DomainException.malformed("error.rest.multipart.boundary");
    }
    FileUpload upload = new FileUpload();
    upload.setHeaderEncoding(StandardCharsets.UTF_8.name());
    upload.setPartHeaderSizeMax(MAX_HEADERS);
    try {
      return new Multipart(
          upload.getItemIterator(new Body(new Counted(body, limits.bytes()), contentType)), limits);
    } catch (FileUploadException | IOException | IllegalArgumentException e) {
      throw refusal(e);
    }
  }

  /**
   * The next part, absent after the last one.
   *
   * @throws DomainException MALFORMED when it is broken or has no part at all, TOO_LARGE beyond a
   *     limit
   */
  public Optional<Part> next() {
    try {
      if (!items.hasNext()) {
        if (count == 0) {
          throw DomainException.malformed("error.rest.multipart.malformed");
        }
        return Optional.empty();
      }
      if (++count > limits.parts()) {
        throw DomainException.of(
            ErrorKind.TOO_LARGE, "error.rest.multipart.too-many-parts", "limit", limits.parts());
      }
      return Optional.of(new Part(items.next()));
    } catch (FileUploadException | IOException | IllegalArgumentException e) {
      throw refusal(e);
    }
  }

  /** One part of an upload. */
  public static final class Part {
    private final FileItemStream item;

    private Part(FileItemStream item) {
      this.item = item;
    }

    /** The form field, for example {@code file}; empty when the client gave none. */
    public String name() {
      return item.getFieldName() == null ? "" : item.getFieldName();
    }

    /**
     * The file's name, made harmless to show: without folders, control and direction characters, at
     * most 200 characters. Absent for a part that is no file. Never use it as a path.
     */
    public Optional<String> fileName() {
      return Optional.ofNullable(rawName()).map(FileNames::shown);
    }

    /** What the client says that it is; a claim and no more. */
    public Optional<String> contentType() {
      return Optional.ofNullable(item.getContentType());
    }

    /**
     * The content as it arrives. Its reads throw {@link DomainException} MALFORMED when the body
     * ends too early, TOO_LARGE beyond a limit.
     */
    public InputStream content() {
      try {
        return new Content(item.openStream());
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    /**
     * The content as UTF-8 text.
     *
     * @param maxBytes beyond it TOO_LARGE is thrown
     */
    public String text(int maxBytes) {
      try (InputStream in = content()) {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
          throw tooLarge(maxBytes);
        }
        return new String(bytes, StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    private String rawName() {
      try {
        return item.getName();
      } catch (org.apache.commons.fileupload.InvalidFileNameException e) {
        return e.getName(); // holds U+0000, which is taken out
      }
    }
  }

  private static DomainException refusal(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DomainException domain) {
        return domain;
      }
    }
    return DomainException.malformed("error.rest.multipart.malformed");
  }

  private static DomainException tooLarge(long limit) {
    return DomainException.of(
        ErrorKind.TOO_LARGE, "error.rest.multipart.too-large", "limit", Sizes.shown(limit));
  }

  private record Body(InputStream in, String contentType) implements UploadContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public String getContentType() {
      return contentType;
    }

    @Override
    @Deprecated
    public int getContentLength() {
      return -1;
    }

    @Override
    public long contentLength() {
      return -1; // counted as it arrives; what the client announces proves nothing
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }
  }

  /** Turns what the library throws while a part is read into refusals. */
  private static final class Content extends InputStream {
    private final InputStream in;

    Content(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() {
      try {
        return in.read();
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        throw refusal(e);
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw refusal(e);
      }
    }
  }

  private static final class Counted extends InputStream {
    private final InputStream in;
    private final long limit;
    private long read;

    Counted(InputStream in, long limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) {
      read += n;
      if (read > limit) {
        throw tooLarge(limit);
      }
    }
  }
}
