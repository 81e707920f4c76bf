/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.talka.api.security.GrantScope;
import org.talka.module.DeclarationListener;
import org.talka.module.ModuleDescriptor;

/**
 * The permissions that bundles declare now. What a withdrawn bundle declared is granted to nobody;
 * what administrators decided about it stays stored and counts again when it comes back.
 */
@Component(service = {PermissionCatalogue.class, DeclarationListener.class})
public class PermissionCatalogue implements DeclarationListener {
  /**
   * @param module the id of the module that declares it
   * @param defaults how far the roles of the box have it unless an administrator says otherwise
   */
  public record Permission(
      String key, String module, Optional<String> tokenScope, Map<String, GrantScope> defaults) {}

  /** What is declared at one moment. */
  public record Snapshot(long generation, Map<String, Permission> permissions) {
    /** What a token with these scopes may carry. */
    public Set<String> within(Collection<String> scopes) {
      return permissions.values().stream()
          .filter(p -> p.tokenScope().filter(scopes::contains).isPresent())
          .map(Permission::key)
          .collect(Collectors.toSet());
    }

    /** All scopes that a token can have. */
    public Set<String> tokenScopes() {
      return permissions.values().stream()
          .flatMap(p -> p.tokenScope().stream())
          .collect(Collectors.toSet());
    }
  }

  /** Guarded by this. */
  private final List<ModuleDescriptor> declared = new ArrayList<>();

  private volatile Snapshot snapshot = new Snapshot(0, Map.of());

  public Snapshot current() {
    return snapshot;
  }

  @Override
  public synchronized void declared(ModuleDescriptor descriptor) {
    List<ModuleDescriptor> next = new ArrayList<>(declared);
    next.add(descriptor);
    snapshot = snapshot(next);
    declared.add(descriptor);
  }

  @Override
  public synchronized void withdrawn(ModuleDescriptor descriptor) {
    if (declared.remove(descriptor)) {
      snapshot = snapshot(declared);
    }
  }

  /** In one, so that nobody loses a permission in between. */
  @Override
  public synchronized void replaced(ModuleDescriptor before, ModuleDescriptor after) {
    List<ModuleDescriptor> next = new ArrayList<>(declared);
    next.remove(before);
    next.add(after);
    snapshot = snapshot(next);
    declared.remove(before);
    declared.add(after);
  }

  private Snapshot snapshot(List<ModuleDescriptor> descriptors) {
    Map<String, Permission> permissions = new TreeMap<>();
    for (ModuleDescriptor descriptor : descriptors) {
      for (ModuleDescriptor.PermissionDefinition definition : descriptor.permissions()) {
        Permission permission = permission(descriptor.id(), definition);
        Permission other = permissions.putIfAbsent(permission.key(), permission);
        if (other != null) {
          throw new IllegalArgumentException(
              "Permission %s of %s is declared by %s already"
                  .formatted(permission.key(), descriptor.id(), other.module()));
        }
      }
    }
    return new Snapshot(snapshot.generation() + 1, Map.copyOf(permissions));
  }

  private static Permission permission(
      String module, ModuleDescriptor.PermissionDefinition definition) {
    Map<String, GrantScope> defaults = new HashMap<>();
    definition
        .roles()
        .forEach((role, reach) -> defaults.put(role, reach(definition.key(), role, reach)));
    return new Permission(
        definition.key(),
        module,
        Optional.ofNullable(definition.tokenScope()).filter(scope -> !scope.isBlank()),
        Map.copyOf(defaults));
  }

  private static GrantScope reach(String permission, String role, String reach) {
    try {
      return GrantScope.valueOf(reach.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Permission %s gives role %s the reach \"%s\"; it must be own, team, organisation or all"
              .formatted(permission, role, reach),
          e);
    }
  }
}
