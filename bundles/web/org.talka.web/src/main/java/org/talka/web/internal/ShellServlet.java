/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Every address of the web UI is the same page; the script in it reads the address. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/app/*", "/portal/*", "/setup", "/sign-in"})
public final class ShellServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient ShellPage page;

  @Activate
  public ShellServlet(@Reference ShellPage page) {
    this.page = page;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    page.answer(request, response);
  }
}
