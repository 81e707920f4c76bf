/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.module.internal.intake.ModuleBundle;
import org.talka.module.internal.life.ModuleHost.Hosted;
import org.talka.module.internal.store.Artifact;

/**
 * The bundles by which modules offer packages to others: installed beside the module's own bundle,
 * wired, never started. Where the framework keeps one follows from its content, so one that has not
 * changed stays what it is over an update, and with it whoever imports from it.
 */
final class ApiBundles {
  private static final Logger LOG = LoggerFactory.getLogger(ApiBundles.class);
  private static final String PREFIX = "talka:api:";

  private final ModuleHost host;
  private final Function<Artifact, List<ModuleBundle>> read;

  /**
   * @param read the API bundles of an archive
   */
  ApiBundles(ModuleHost host, Function<Artifact, List<ModuleBundle>> read) {
    this.host = host;
    this.read = read;
  }

  static String location(String module, ModuleBundle bundle) {
    return PREFIX + module + ":" + bundle.digest();
  }

  static boolean isOne(String location) {
    return location.startsWith(PREFIX);
  }

  private Map<String, ModuleBundle> wanted(Artifact archive) {
    Map<String, ModuleBundle> wanted = new LinkedHashMap<>();
    read.apply(archive).forEach(bundle -> wanted.put(location(archive.module(), bundle), bundle));
    return wanted;
  }

  /**
   * Whether one that is here must go before those of the archive can come: the framework takes no
   * two of one name and version.
   */
  boolean areInTheWay(Artifact archive) {
    return !inTheWay(archive.module(), wanted(archive)).isEmpty();
  }

  private List<Hosted> inTheWay(String module, Map<String, ModuleBundle> wanted) {
    List<Hosted> present = host.apis(module);
    List<String> coming =
        wanted.entrySet().stream()
            .filter(one -> present.stream().noneMatch(p -> p.location().equals(one.getKey())))
            .map(one -> one.getValue().version())
            .toList();
    return present.stream()
        .filter(one -> !wanted.containsKey(one.location()))
        .filter(one -> coming.contains(one.version()))
        .toList();
  }

  /** Installs what is not here yet; nothing is started. */
  void bring(Artifact archive) {
    Map<String, ModuleBundle> wanted = wanted(archive);
    inTheWay(archive.module(), wanted).forEach(this::remove);
    List<Hosted> present = host.apis(archive.module());
    wanted.forEach(
        (location, bundle) -> {
          if (present.stream().noneMatch(one -> one.location().equals(location))) {
            host.install(location, bundle.content());
          }
        });
  }

  /**
   * Removes those that no archive wants any more; who imports from them has been stopped.
   *
   * @param keep the archive whose bundles stay
   */
  void clear(String module, Function<String, Optional<Artifact>> archives, Optional<String> keep) {
    List<Hosted> present = host.apis(module);
    if (present.isEmpty()) {
      return;
    }
    Map<String, ModuleBundle> wanted = keep.flatMap(archives).map(this::wanted).orElseGet(Map::of);
    present.stream().filter(one -> !wanted.containsKey(one.location())).forEach(this::remove);
  }

  private void remove(Hosted one) {
    if (!host.uninstall(one.bundle())) {
      LOG.warn("API bundle {} of module {} does not go", one.bundle(), one.module());
    }
  }
}
