/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the desk at its first start. It offers no service, so that its configuration, which may
 * hold a password, never becomes a service's properties.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = {"org.apache.felix.http", "org.talka"})
public class FirstStart {
  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
  private static final String LINK_FILE = "setup-link.txt";

  /** Of {@code org.talka} and of the HTTP service, whose listener the link names. */
  @interface Configuration {
    /** Given to the person admin at the first start; without it a link is written. */
    String adminPassword() default "";

    /** Where the link is written. */
    String data() default "";

    /** How browsers reach the desk; derived from the listener when empty. */
    String baseUrl() default "";

    /** The listener's address. */
    String org_apache_felix_http_host() default "127.0.0.1";

    /** The listener's port. */
    String org_osgi_service_http_port() default "8080";
  }

  private final SetupState state;
  private final Runnable removeLink;

  @Activate
  public FirstStart(
      @Reference Setup setup,
      @Reference SetupState state,
      BundleContext bundles,
      Configuration configuration) {
    this(
        setup,
        state,
        configuration,
        folder(configuration, bundles),
        Optional.ofNullable(System.getenv("TALKA_ADMIN_PASSWORD")));
  }

  FirstStart(
      Setup setup,
      SetupState state,
      Configuration configuration,
      Optional<Path> folder,
      Optional<String> environmentPassword) {
    this.state = state;
    this.removeLink = () -> folder.ifPresent(FirstStart::removeLink);
    state.whenDone(removeLink);
    if (!state.needed()) {
      removeLink.run();
      return;
    }
    Optional<String> password =
        Optional.of(configuration.adminPassword())
            .filter(text -> !text.isEmpty())
            .or(() -> environmentPassword.filter(text -> !text.isEmpty()));
    if (password.isPresent()) {
      setup
          .withPassword(password.get())
          .ifPresentOrElse(
              refusal ->
                  LOG.info(
                      "Created the person admin with the given password, which is weak ({}):"
                          + " change it",
                      refusal.key()),
              () -> LOG.info("Created the person admin with the given password"));
    } else {
      writeLink(folder, baseUrl(configuration) + "/setup?token=" + setup.renewToken());
    }
  }

  @Deactivate
  public void close() {
    state.forget(removeLink);
  }

  private static void writeLink(Optional<Path> folder, String link) {
    LOG.info("Set up the desk within 24 hours: {}", link);
    if (folder.isEmpty()) {
      return;
    }
    Path file = folder.get().resolve(LINK_FILE);
    try {
      Files.createDirectories(folder.get());
      // a file that exists would keep its rights
      Files.deleteIfExists(file);
      if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Files.writeString(file, link + System.lineSeparator(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      LOG.error("The set-up link could not be written to {}; it stands above", file, e);
    }
  }

  private static void removeLink(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(LINK_FILE));
    } catch (IOException e) {
      LOG.warn("{} is of no use any more but could not be removed", folder.resolve(LINK_FILE), e);
    }
  }

  private static Optional<Path> folder(Configuration configuration, BundleContext bundles) {
    return Optional.of(configuration.data())
        .filter(text -> !text.isBlank())
        .or(() -> Optional.ofNullable(bundles.getProperty("talka.data")))
        .or(() -> Optional.ofNullable(bundles.getProperty("karaf.data")))
        .map(Path::of);
  }

  /** The address as a browser on this machine spells it. */
  static String baseUrl(Configuration configuration) {
    if (!configuration.baseUrl().isBlank()) {
      return configuration.baseUrl().replaceAll("/+$", "");
    }
    String host = configuration.org_apache_felix_http_host();
    boolean everywhere = host.isBlank() || host.equals("0.0.0.0") || host.equals("::");
    String name = everywhere ? "localhost" : host;
    return "http://%s:%s"
        .formatted(
            name.contains(":") ? "[" + name + "]" : name,
            configuration.org_osgi_service_http_port());
  }
}
