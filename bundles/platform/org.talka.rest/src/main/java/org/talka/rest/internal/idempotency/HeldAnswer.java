/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.idempotency;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** An answer that is not sent before its transaction is certain. */
final class HeldAnswer extends HttpServletResponseWrapper {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1024);
  private ServletOutputStream stream;
  private PrintWriter writer;

  HeldAnswer(HttpServletResponse response) {
    super(response);
  }

  byte[] body() {
    if (writer != null) {
      writer.flush();
    }
    return body.toByteArray();
  }

  void send() throws IOException {
    byte[] bytes = body();
    HttpServletResponse response = (HttpServletResponse) getResponse();
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  @Override
  public ServletOutputStream getOutputStream() {
    if (stream == null) {
      stream = new Held();
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() {
    if (writer == null) {
      writer = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
    }
    return writer;
  }

  @Override
  public void flushBuffer() {
    // held until the commit
  }

  @Override
  public void setContentLength(int length) {
    // known when it is sent
  }

  @Override
  public void setContentLengthLong(long length) {
    // known when it is sent
  }

  @Override
  public void resetBuffer() {
    body.reset();
  }

  @Override
  public void sendError(int status, String message) {
    setStatus(status);
  }

  @Override
  public void sendError(int status) {
    setStatus(status);
  }

  private final class Held extends ServletOutputStream {
    @Override
    public void write(int b) {
      body.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("a held answer is written as a stream");
    }
  }
}
