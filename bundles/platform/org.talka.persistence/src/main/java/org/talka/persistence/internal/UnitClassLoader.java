/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import java.net.URL;
import org.talka.api.persistence.InstantConverter;

/**
 * What EclipseLink loads a unit's classes with: the bundle's own loader first, then what the
 * platform adds, so that a bundle need not import packages that it never names.
 */
final class UnitClassLoader extends ClassLoader {
  UnitClassLoader(ClassLoader bundle) {
    super(bundle);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.equals(InstantConverter.class.getName())) {
      return InstantConverter.class;
    }
    try {
      return UnitClassLoader.class.getClassLoader().loadClass(name);
    } catch (ClassNotFoundException e) {
      return org.eclipse.persistence.jpa.PersistenceProvider.class.getClassLoader().loadClass(name);
    }
  }

  @Override
  protected URL findResource(String name) {
    // EclipseLink reads the bytes of each managed class; that of the converter is not the bundle's
    return InstantConverter.class.getClassLoader().getResource(name);
  }
}
