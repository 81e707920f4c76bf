/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One request to a servlet without a container. */
final class Exchange {
  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  int status = 200;
  byte[] body = {};

  private Exchange() {}

  static Exchange get(HttpServlet servlet, String uri, String... requestHeaders) throws Exception {
    return send(servlet, "GET", uri, requestHeaders);
  }

  static Exchange send(HttpServlet servlet, String method, String uri, String... requestHeaders)
      throws Exception {
    Exchange exchange = new Exchange();
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < requestHeaders.length; i += 2) {
      sent.put(requestHeaders[i], requestHeaders[i + 1]);
    }
    Map<String, Object> answers = new HashMap<>();
    answers.put("getMethod", method);
    answers.put("getRequestURI", uri);
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                Exchange.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (p, m, a) ->
                    m.getName().equals("getHeader") ? sent.get(a[0]) : known(answers, m.getName()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HttpServletResponse response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                Exchange.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (p, m, a) -> exchange.answer(m.getName(), a, out));
    servlet.service(request, response);
    exchange.body = out.toByteArray();
    return exchange;
  }

  private static Object known(Map<String, Object> answers, String method) {
    if (!answers.containsKey(method)) {
      throw new UnsupportedOperationException(method);
    }
    return answers.get(method);
  }

  private Object answer(String method, Object[] args, ByteArrayOutputStream out) {
    switch (method) {
      case "setHeader" -> headers.put((String) args[0], (String) args[1]);
      case "setStatus" -> status = (int) args[0];
      case "setContentType" -> headers.put("Content-Type", (String) args[0]);
      case "setContentLength" -> headers.put("Content-Length", String.valueOf(args[0]));
      case "containsHeader" -> {
        return headers.containsKey((String) args[0]);
      }
      case "getOutputStream" -> {
        return new Sink(out);
      }
      default -> throw new UnsupportedOperationException(method);
    }
    return null;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static final class Sink extends ServletOutputStream {
    private final ByteArrayOutputStream out;

    Sink(ByteArrayOutputStream out) {
      this.out = out;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int b) {
      out.write(b);
    }
  }
}
