/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import jakarta.persistence.SharedCacheMode;
import jakarta.persistence.ValidationMode;
import jakarta.persistence.spi.ClassTransformer;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.PersistenceUnitTransactionType;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.talka.api.persistence.InstantConverter;
import org.talka.persistence.unit.UnitDescription;

/** A unit in the words of Jakarta Persistence. */
final class UnitInfo implements PersistenceUnitInfo {
  private final UnitDescription unit;
  private final UnitClassLoader loader;
  private final DataSource source;
  private final List<String> classes;

  UnitInfo(UnitDescription unit, UnitClassLoader loader, DataSource source) {
    this.unit = unit;
    this.loader = loader;
    this.source = source;
    List<String> all = new ArrayList<>(unit.classes());
    if (!all.contains(InstantConverter.class.getName())) {
      all.add(InstantConverter.class.getName());
    }
    this.classes = List.copyOf(all);
  }

  @Override
  public String getPersistenceUnitName() {
    return unit.name();
  }

  @Override
  public String getPersistenceProviderClassName() {
    return "org.eclipse.persistence.jpa.PersistenceProvider";
  }

  @Override
  public PersistenceUnitTransactionType getTransactionType() {
    return PersistenceUnitTransactionType.RESOURCE_LOCAL;
  }

  @Override
  public DataSource getJtaDataSource() {
    return null;
  }

  @Override
  public DataSource getNonJtaDataSource() {
    return source;
  }

  @Override
  public List<String> getMappingFileNames() {
    return List.of();
  }

  @Override
  public List<URL> getJarFileUrls() {
    return List.of();
  }

  @Override
  public URL getPersistenceUnitRootUrl() {
    return unit.root();
  }

  @Override
  public List<String> getManagedClassNames() {
    return classes;
  }

  @Override
  public boolean excludeUnlistedClasses() {
    return true;
  }

  @Override
  public SharedCacheMode getSharedCacheMode() {
    return SharedCacheMode.NONE;
  }

  @Override
  public ValidationMode getValidationMode() {
    return ValidationMode.NONE;
  }

  @Override
  public Properties getProperties() {
    return new Properties();
  }

  @Override
  public String getPersistenceXMLSchemaVersion() {
    return "3.0";
  }

  @Override
  public ClassLoader getClassLoader() {
    return loader;
  }

  @Override
  public void addTransformer(ClassTransformer transformer) {
    // nothing is woven
  }

  @Override
  public ClassLoader getNewTempClassLoader() {
    // nothing is woven, so that looking at a class early does no harm
    return loader;
  }
}
