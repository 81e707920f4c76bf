/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

/**
 * A service that takes over what bundles declare. It is told of every declaration there is when it
 * comes, one at a time, and of every change after.
 */
public interface DeclarationListener {
  /**
   * On the thread of the operation. An exception fails the operation and names the reason to the
   * administrator.
   */
  void declared(ModuleDescriptor descriptor);

  /** The bundle's declarations are no longer offered; records made with them stay. */
  void withdrawn(ModuleDescriptor descriptor);

  /**
   * Another version of a module takes the place of the one before. Who implements it makes the
   * change in one, so that nobody sees the module without its declarations. After an exception the
   * version before is still declared.
   */
  default void replaced(ModuleDescriptor before, ModuleDescriptor after) {
    withdrawn(before);
    try {
      declared(after);
    } catch (RuntimeException refused) {
      declared(before);
      throw refused;
    }
  }
}
