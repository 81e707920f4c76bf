/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/**
 * The scripts of modules that run now: {@code /ui/m/<module>/<version>-<digest>/<file>}, and below
 * {@code frame/} the pages that they show in a sandbox.
 */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/ui/m/*")
public final class ModuleAssetServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient ModuleFiles files;

  @Activate
  public ModuleAssetServlet(BundleContext context) {
    this.files = new ModuleFiles(context);
    files.open();
  }

  @Deactivate
  void close() {
    files.close();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<ModuleAddress> address =
        SafePath.below("/ui/m/", request.getRequestURI()).flatMap(ModuleAddress::parse);
    Optional<Asset> asset = address.flatMap(files::asset);
    if (asset.isPresent()) {
      Reach reach = address.get().framed() ? Reach.FRAME : Reach.DESK;
      asset.get().answer(request, response, reach);
    } else {
      NotFound.answer(response);
    }
  }
}
