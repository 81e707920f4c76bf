/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import jakarta.annotation.Priority;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Long answers in JSON go out compressed to whoever takes them so: the words of a desk with fifty
 * modules are 130 KB, and 30 compressed. Short ones stay as they are, and with them everything that
 * holds a secret: the length of a compressed answer can tell of what is in it (BREACH). Files,
 * answers to writes and the stream of events are left alone, too.
 */
@Priority(Priorities.ENTITY_CODER)
public final class Compression implements WriterInterceptor {
  /** Less than a network packet is not worth compressing. */
  static final int WORTH = 1_400;

  private static final String GZIP = "gzip";

  @Context private Request request;
  @Context private HttpHeaders asked;

  @Override
  public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
    if (!compressible(context.getMediaType())) {
      context.proceed();
      return;
    }
    // also of one that is not compressed: a cache must not give it to everybody, nor the other one
    context.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (!takes(asked.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
      context.proceed();
      return;
    }
    OutputStream out = context.getOutputStream();
    Undecided undecided = new Undecided(out, context.getHeaders());
    context.setOutputStream(undecided);
    try {
      context.proceed();
      undecided.finish();
    } finally {
      undecided.free();
      context.setOutputStream(out);
    }
  }

  private boolean compressible(MediaType media) {
    return HttpMethod.GET.equals(request.getMethod())
        && MediaType.APPLICATION_JSON_TYPE.isCompatible(media);
  }

  /** Whether gzip is among what the client takes, RFC 9110 section 12.5.3. */
  static boolean takes(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = coding.replace(" ", "").split(";");
      if (parts[0].equals(GZIP)) {
        return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  /** Keeps the begin until it is known whether there is enough of it. */
  private static final class Undecided extends OutputStream {
    private final OutputStream out;
    private final MultivaluedMap<String, Object> headers;
    private final ByteArrayOutputStream begin = new ByteArrayOutputStream();
    private Packed compressed;

    Undecided(OutputStream out, MultivaluedMap<String, Object> headers) {
      this.out = out;
      this.headers = headers;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (compressed == null && begin.size() + length > WORTH) {
        headers.putSingle(HttpHeaders.CONTENT_ENCODING, GZIP);
        compressed = new Packed(out);
        begin.writeTo(compressed);
      }
      if (compressed == null) {
        begin.write(bytes, offset, length);
      } else {
        compressed.write(bytes, offset, length);
      }
    }

    /** The answer is whole; the stream below belongs to the container. */
    void finish() throws IOException {
      if (compressed == null) {
        begin.writeTo(out);
      } else {
        compressed.finish();
      }
    }

    void free() {
      if (compressed != null) {
        compressed.free();
      }
    }
  }

  /**
   * Gives its memory back without closing the stream below. Closing would do that as well, but it
   * would also end an answer that broke off as if it were whole.
   */
  static final class Packed extends GZIPOutputStream {
    Packed(OutputStream out) throws IOException {
      super(out);
    }

    /** The deflater's memory is not on the heap: the garbage collector may come too late for it. */
    void free() {
      def.end();
    }
  }
}
