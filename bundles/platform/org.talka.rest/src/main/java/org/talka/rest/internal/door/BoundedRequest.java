/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

/** A request of unannounced length whose body ends with an error when it grows beyond a limit. */
final class BoundedRequest extends HttpServletRequestWrapper {
  private final long limit;
  private ServletInputStream stream;

  BoundedRequest(HttpServletRequest request, long limit) {
    super(request);
    this.limit = limit;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = new Bounded(super.getInputStream());
    }
    return stream;
  }

  private final class Bounded extends ServletInputStream {
    private final ServletInputStream in;
    private long read;

    Bounded(ServletInputStream in) {
      this.in = in;
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
        throw DomainException.of(
            ErrorKind.TOO_LARGE, "error.rest.body.too-large", "limit", (limit >> 20) + " MB");
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
