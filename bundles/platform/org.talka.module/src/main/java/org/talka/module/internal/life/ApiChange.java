/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.ModuleBundle;

/**
 * What an archive changes in a module's API bundles.
 *
 * @param coming those that are not here yet
 * @param going those that are here and not in the archive
 */
record ApiChange(String module, List<ModuleBundle> coming, List<ModuleHost.Hosted> going) {
  static ApiChange of(ModuleHost host, ModuleArchive archive) {
    List<ModuleHost.Hosted> present = host.apis(archive.id());
    List<ModuleBundle> wanted = apis(archive).toList();
    return new ApiChange(
        archive.id(),
        wanted.stream().filter(api -> at(present, archive.id(), api).isEmpty()).toList(),
        present.stream()
            .filter(
                one ->
                    wanted.stream()
                        .noneMatch(
                            api -> ApiBundles.location(archive.id(), api).equals(one.location())))
            .toList());
  }

  private static Stream<ModuleBundle> apis(ModuleArchive archive) {
    return archive.bundles().stream().skip(1);
  }

  private static Optional<ModuleHost.Hosted> at(
      List<ModuleHost.Hosted> present, String module, ModuleBundle api) {
    return present.stream()
        .filter(one -> one.location().equals(ApiBundles.location(module, api)))
        .findFirst();
  }

  /**
   * @param before the archive that is here, which knows the names of what goes
   */
  List<PlanBody.BundleChange> lines(Optional<ModuleArchive> before) {
    List<PlanBody.BundleChange> lines = new ArrayList<>();
    coming.forEach(
        api -> lines.add(new PlanBody.BundleChange("install", api.symbolicName(), api.version())));
    going.forEach(one -> ends(one, before, lines));
    return lines;
  }

  private static void ends(
      ModuleHost.Hosted one, Optional<ModuleArchive> archive, List<PlanBody.BundleChange> lines) {
    String name =
        archive.stream()
            .flatMap(ApiChange::apis)
            .filter(api -> ApiBundles.location(one.module(), api).equals(one.location()))
            .map(ModuleBundle::symbolicName)
            .findFirst()
            .orElse(one.module());
    lines.add(new PlanBody.BundleChange("uninstall", name, one.version()));
    lines.add(new PlanBody.BundleChange("refresh", name, one.version()));
  }

  static List<PlanBody.BundleChange> ending(
      ModuleHost host, String module, Optional<ModuleArchive> archive) {
    return new ApiChange(module, List.of(), host.apis(module)).lines(archive);
  }
}
