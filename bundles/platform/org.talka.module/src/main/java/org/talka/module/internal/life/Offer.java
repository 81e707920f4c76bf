/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.talka.api.ui.UiContributionDefinition;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.intake.ModuleArchive;

/**
 * What a module offers to people and programs, by key; each with its name by language.
 *
 * @param resources paths of the REST API
 * @param frames pages of the module's own in a sandbox, by what they may ask for, too: one that may
 *     ask for more is another one
 */
record Offer(
    Map<String, Map<String, String>> ticketTypes,
    Map<String, Map<String, String>> permissions,
    Map<String, Map<String, String>> navigation,
    Map<String, Map<String, String>> resources,
    Map<String, Map<String, String>> frames) {
  static final Offer NOTHING = new Offer(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  Offer {
    // plans of earlier versions know of none
    frames = frames == null ? Map.of() : frames;
  }

  static Offer of(ModuleArchive archive) {
    Map<String, Map<String, String>> types = new LinkedHashMap<>();
    archive
        .descriptor()
        .ticketTypes()
        .forEach(
            type ->
                types.put(type.key(), archive.words("type." + type.key() + ".plural", type.key())));
    Map<String, Map<String, String>> permissions = new LinkedHashMap<>();
    archive.descriptor().permissions().stream()
        .map(ModuleDescriptor.PermissionDefinition::key)
        .forEach(key -> permissions.put(key, archive.words("permission." + key, key)));
    Map<String, Map<String, String>> navigation = new LinkedHashMap<>();
    archive.descriptor().ui().stream()
        .filter(contribution -> contribution.point().equals("nav"))
        .map(contribution -> contribution.key())
        .forEach(key -> navigation.put(key, archive.words("ui." + key, key)));
    Map<String, Map<String, String>> resources = new LinkedHashMap<>();
    archive.restBases().stream()
        .map(Offer::path)
        .forEach(path -> resources.put(path, Map.of("en", path)));
    return new Offer(types, permissions, navigation, resources, frames(archive));
  }

  private static Map<String, Map<String, String>> frames(ModuleArchive archive) {
    Map<String, Map<String, String>> frames = new LinkedHashMap<>();
    for (UiContributionDefinition ui : archive.descriptor().ui()) {
      if (ui.frame() != null) {
        Map<String, String> labels = new LinkedHashMap<>();
        String scopes = ui.scopes().isEmpty() ? "" : " – " + String.join(", ", ui.scopes());
        archive
            .words("ui." + ui.key(), ui.key())
            .forEach((language, title) -> labels.put(language, title + scopes));
        frames.put(frame(ui), labels);
      }
    }
    return frames;
  }

  private static String frame(UiContributionDefinition ui) {
    return String.join(" ", ui.point(), ui.key(), String.join(" ", ui.scopes())).strip();
  }

  /** What this has and the other has not. */
  Offer without(Offer other) {
    return new Offer(
        without(ticketTypes, other.ticketTypes),
        without(permissions, other.permissions),
        without(navigation, other.navigation),
        without(resources, other.resources),
        without(frames, other.frames));
  }

  private static Map<String, Map<String, String>> without(
      Map<String, Map<String, String>> all, Map<String, Map<String, String>> others) {
    Map<String, Map<String, String>> rest = new LinkedHashMap<>(all);
    rest.keySet().removeAll(others.keySet());
    return rest;
  }

  private static String path(String base) {
    return "/api/v1/" + (base.startsWith("/") ? base.substring(1) : base);
  }

  /** Keys of what it declares, and its paths, as they show when it runs. */
  List<String> declared() {
    TreeSet<String> keys = new TreeSet<>();
    ticketTypes.keySet().forEach(key -> keys.add("type " + key));
    permissions.keySet().forEach(key -> keys.add("permission " + key));
    navigation.keySet().forEach(key -> keys.add("navigation " + key));
    resources.keySet().forEach(path -> keys.add("path " + path));
    frames.keySet().forEach(key -> keys.add("frame " + key));
    return List.copyOf(keys);
  }

  /**
   * The same of what is here now.
   *
   * @param restBases where its REST applications are
   */
  static List<String> declared(ModuleDescriptor descriptor, List<String> restBases) {
    TreeSet<String> keys = new TreeSet<>();
    descriptor.ticketTypes().forEach(type -> keys.add("type " + type.key()));
    descriptor.permissions().forEach(permission -> keys.add("permission " + permission.key()));
    descriptor.ui().stream()
        .filter(contribution -> contribution.point().equals("nav"))
        .forEach(contribution -> keys.add("navigation " + contribution.key()));
    descriptor.ui().stream()
        .filter(contribution -> contribution.frame() != null)
        .forEach(contribution -> keys.add("frame " + frame(contribution)));
    restBases.forEach(base -> keys.add("path " + path(base)));
    return List.copyOf(keys);
  }

  static List<Map<String, String>> labels(Map<String, Map<String, String>> offered) {
    return new ArrayList<>(offered.values());
  }
}
