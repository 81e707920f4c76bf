/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file that never changes under its address, kept in memory. Thread-safe. */
final class Asset {
  /** Less than a network packet is not worth compressing. */
  private static final int WORTH_COMPRESSING = 1_000;

  private final String mediaType;
  private final byte[] bytes;
  private final String etag;

  /** Made on first use: most files of a start are never asked for. Racing threads make the same. */
  private volatile byte[] compressed;

  Asset(String mediaType, byte[] bytes) {
    this.mediaType = mediaType;
    this.bytes = bytes;
    this.etag = '"' + digest(bytes).substring(0, 16) + '"';
  }

  byte[] bytes() {
    return bytes;
  }

  byte[] compressed() {
    byte[] known = compressed;
    if (known == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      known = out.toByteArray();
      compressed = known;
    }
    return known;
  }

  void answer(HttpServletRequest request, HttpServletResponse response, Reach reach)
      throws IOException {
    reach.say(response, mediaType);
    response.setHeader("ETag", etag);
    boolean mayCompress = bytes.length >= WORTH_COMPRESSING && MediaTypes.compressible(mediaType);
    if (mayCompress) {
      response.setHeader("Vary", "Accept-Encoding");
    }
    if (etag.equals(request.getHeader("If-None-Match"))) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    response.setContentType(mediaType);
    byte[] body = bytes;
    if (mayCompress && accepts(request.getHeader("Accept-Encoding"))) {
      response.setHeader("Content-Encoding", "gzip");
      body = compressed();
    }
    response.setContentLength(body.length);
    if (!"HEAD".equals(request.getMethod())) {
      response.getOutputStream().write(body);
    }
  }

  private static boolean accepts(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String part : acceptEncoding.split(",")) {
      String coding = part.strip().toLowerCase(java.util.Locale.ROOT);
      if (coding.equals("gzip")
          || (coding.startsWith("gzip;") && !coding.replace(" ", "").matches("gzip;q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  static String digest(byte[]... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        sha.update(part);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
