/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

/**
 * A request whose body was read completely before anything happens: its digest must be known first,
 * and a slow client must not keep a database transaction open. Small bodies are held in memory,
 * larger ones in a temporary file.
 */
final class HeldBody extends HttpServletRequestWrapper implements AutoCloseable {
  private static final int IN_MEMORY = 1024 * 1024;
  private static final long LIMIT = 100L * 1024 * 1024;

  private final byte[] memory;
  private final Path file;
  private final String fingerprint;
  private ServletInputStream stream;

  HeldBody(HttpServletRequest request) throws IOException {
    super(request);
    MessageDigest digest = digest();
    InputStream in = request.getInputStream();
    byte[] start = in.readNBytes(IN_MEMORY);
    digest.update(start);
    if (start.length < IN_MEMORY) {
      memory = start;
      file = null;
    } else {
      memory = null;
      file = Files.createTempFile("talka-upload", null);
      boolean held = false;
      try {
        spool(start, in, digest);
        held = true;
      } finally {
        if (!held) {
          Files.deleteIfExists(file);
        }
      }
    }
    digest.update(mediaType(request.getContentType()).getBytes(StandardCharsets.UTF_8));
    fingerprint = HexFormat.of().formatHex(digest.digest());
  }

  private void spool(byte[] start, InputStream in, MessageDigest digest) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(start);
      byte[] buffer = new byte[64 * 1024];
      long total = start.length;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > LIMIT) {
          throw DomainException.of(
              ErrorKind.TOO_LARGE, "error.rest.body.too-large", "limit", "100 MB");
        }
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    }
  }

  /** Equal for requests that say the same. */
  String fingerprint() {
    return fingerprint;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream =
          new Replay(
              file == null
                  ? new ByteArrayInputStream(memory)
                  : new BufferedInputStream(Files.newInputStream(file)));
    }
    return stream;
  }

  /** The answer is stored with the change; one that comes later could not be. */
  @Override
  public boolean isAsyncSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  private static String mediaType(String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Replay extends ServletInputStream {
    private final InputStream in;
    private boolean finished;

    Replay(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      finished |= b < 0;
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      finished |= n < 0;
      return n;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("a held body is read as a stream");
    }
  }
}
