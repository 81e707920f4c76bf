/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.unit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.talka.persistence.internal.PersistenceXml;
import org.talka.persistence.internal.change.Changelog;
import org.talka.persistence.internal.change.ChangelogReader;

/**
 * One persistence unit: what its {@code META-INF/persistence.xml} and {@code
 * META-INF/db/changelog.xml} say, and whose classes it is made of.
 *
 * @param name the unit's name
 * @param session tells this version of the unit from every other that is or was open here
 * @param loader of the entity classes
 * @param root the URL that {@code META-INF} is under
 * @param classes names of the entities, embeddables, mapped superclasses and converters
 * @param changelog the content of the changelog; empty when there is none
 */
public record UnitDescription(
    String name,
    String session,
    ClassLoader loader,
    URL root,
    List<String> classes,
    byte[] changelog) {
  /** Where a bundle describes its unit. */
  public static final String PERSISTENCE_XML = "META-INF/persistence.xml";

  /** Where a bundle keeps its migrations. */
  public static final String CHANGELOG = "META-INF/db/changelog.xml";

  public UnitDescription {
    classes = List.copyOf(classes);
    changelog = changelog.clone();
  }

  @Override
  public byte[] changelog() {
    return changelog.clone();
  }

  /**
   * Reads the description.
   *
   * @param changelog absent when the bundle has no migrations
   * @throws IllegalArgumentException if the file is not as README.md says
   */
  public static UnitDescription read(
      URL persistenceXml, Optional<URL> changelog, String session, ClassLoader loader, URL root)
      throws IOException {
    PersistenceXml xml = PersistenceXml.read(content(persistenceXml));
    return new UnitDescription(
        xml.unit(),
        session,
        loader,
        root,
        xml.classes(),
        changelog.isPresent() ? content(changelog.get()) : new byte[0]);
  }

  /** All units on a class path, each from the place where its {@code persistence.xml} is. */
  public static List<UnitDescription> onClassPath(ClassLoader loader, String session)
      throws IOException {
    List<UnitDescription> units = new ArrayList<>();
    for (URL xml : java.util.Collections.list(loader.getResources(PERSISTENCE_XML))) {
      String spec = xml.toExternalForm();
      URL root = new URL(spec.substring(0, spec.length() - PERSISTENCE_XML.length()));
      URL changelog = new URL(root, CHANGELOG);
      units.add(read(xml, exists(changelog), session, loader, root));
    }
    return List.copyOf(units);
  }

  private static Optional<URL> exists(URL url) {
    try (InputStream in = url.openStream()) {
      return in == null ? Optional.empty() : Optional.of(url);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The migrations, read. */
  Changelog migrations() {
    return changelog.length == 0 ? Changelog.NONE : ChangelogReader.read(changelog);
  }

  private static byte[] content(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    }
  }
}
