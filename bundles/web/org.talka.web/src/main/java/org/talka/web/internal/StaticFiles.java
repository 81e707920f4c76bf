/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The files of the shell itself, under an address that changes with their content. Immutable and
 * thread-safe.
 */
@Component(service = StaticFiles.class)
public final class StaticFiles {
  /** The folder of the bundle that holds them. */
  private static final String FOLDER = "static/";

  /** Files that are filled in before they are served, besides the pages. */
  private static final Set<String> FILLED_IN =
      Set.of("importmap.json", "manifest.webmanifest", "sw.js");

  private final Map<String, Asset> assets = new TreeMap<>();
  private final Map<String, String> pages = new TreeMap<>();
  private final String hash;

  /** Reads them from the bundle. */
  @Activate
  public StaticFiles(BundleContext context) {
    this(read(context));
  }

  StaticFiles(Map<String, byte[]> files) {
    byte[][] parts = new byte[files.size() * 2][];
    int i = 0;
    for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
      String path = file.getKey();
      parts[i++] = path.getBytes(StandardCharsets.UTF_8);
      parts[i++] = file.getValue();
      if (path.endsWith(".html") || FILLED_IN.contains(path)) {
        pages.put(path, new String(file.getValue(), StandardCharsets.UTF_8));
      } else {
        MediaTypes.of(path).ifPresent(t -> assets.put(path, new Asset(t, file.getValue())));
      }
    }
    hash = Asset.digest(parts).substring(0, 16);
  }

  /** Where the files are: changes with every change of any of them. */
  String base() {
    return "/ui/s/" + hash;
  }

  Optional<Asset> asset(String path) {
    return Optional.ofNullable(assets.get(path));
  }

  /** A file that is filled in before it is served. */
  String page(String path) {
    return pages.get(path);
  }

  Map<String, Asset> all() {
    return Collections.unmodifiableMap(assets);
  }

  private static Map<String, byte[]> read(BundleContext context) {
    Map<String, byte[]> files = new TreeMap<>();
    for (URL url : Collections.list(context.getBundle().findEntries(FOLDER, "*", true))) {
      String path = url.getPath();
      if (!path.endsWith("/")) {
        try (InputStream in = url.openStream()) {
          files.put(path.substring(path.indexOf(FOLDER) + FOLDER.length()), in.readAllBytes());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return files;
  }

  /** The scripts that these need, themselves included, in the order in which they are met. */
  Set<String> neededBy(List<String> scripts) {
    ModuleGraph graph = new ModuleGraph(this);
    Set<String> needed = new LinkedHashSet<>();
    scripts.forEach(script -> needed.addAll(graph.reachableFrom(script)));
    return needed;
  }
}
