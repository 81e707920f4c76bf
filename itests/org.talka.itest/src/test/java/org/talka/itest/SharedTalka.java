/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.karaf.options.KarafDistributionOption;
import org.ops4j.pax.exam.options.extra.VMOption;
import org.ops4j.pax.exam.spi.PaxExamRuntime;

/**
 * One server for all black-box tests of the run: the archive that users get, started by Pax Exam.
 * Tests leave it as they may find it: with or without the modules of the distribution.
 */
public final class SharedTalka implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedTalka.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    server(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningTalka.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server(context);
  }

  private static RunningTalka server(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent("server", key -> new Server(), Server.class);
  }

  private static final class Server
      implements RunningTalka, ExtensionContext.Store.CloseableResource, AutoCloseable {
    private static final String PASSWORD = "Correct-horse-9-battery";

    private final int port = TalkaProcess.freePort();
    private final Path data = Distribution.work().resolve("shared-data").toAbsolutePath();
    private final TestContainer container;

    Server() {
      Distribution.delete(data);
      try {
        Files.createDirectories(data);
        ExamSystem system = PaxExamRuntime.createServerSystem(options());
        container = PaxExamRuntime.createContainer(system);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      container.start();
      Api api = anonymous();
      Wait.that(
          "the shared server is ready",
          Duration.ofSeconds(90),
          () -> {
            try {
              return api.get("/health/ready").status() == 200;
            } catch (UncheckedIOException e) {
              return false;
            }
          });
    }

    private Option[] options() {
      List<Option> options = new ArrayList<>();
      options.add(
          KarafDistributionOption.karafDistributionConfiguration()
              .frameworkUrl(Distribution.archive().toUri().toString())
              .karafVersion(System.getProperty("talka.karaf.version"))
              .name("Talka")
              .unpackDirectory(new File(Distribution.work().toFile(), "exam"))
              .useDeployFolder(false));
      options.add(KarafDistributionOption.keepRuntimeFolder());
      options.add(
          KarafDistributionOption.configureConsole().ignoreLocalConsole().ignoreRemoteShell());
      options.add(KarafDistributionOption.configureSecurity().disableKarafMBeanServerBuilder());
      options.add(
          KarafDistributionOption.editConfigurationFilePut(
              "etc/org.apache.felix.http.cfg", "org.osgi.service.http.port", "" + port));
      options.add(
          KarafDistributionOption.editConfigurationFilePut(
              "etc/org.talka.cfg", "adminPassword", PASSWORD));
      options.add(
          KarafDistributionOption.editConfigurationFilePut(
              "etc/org.apache.karaf.shell.cfg", "sshPort", "" + TalkaProcess.freePort()));
      Stream.of(
              "-Dtalka.data=" + data,
              "-Dtalka.console.key=",
              "-Duser.timezone=UTC",
              "-Djdk.serialFilter=!*",
              "-Xmx512m",
              "--add-opens=java.base/java.lang=ALL-UNNAMED",
              "--add-opens=java.base/java.net=ALL-UNNAMED",
              "--add-opens=java.base/java.security=ALL-UNNAMED",
              "--add-opens=java.base/java.util=ALL-UNNAMED",
              "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
              "--add-exports=java.base/sun.net.www.protocol.file=ALL-UNNAMED",
              "--add-exports=java.base/sun.net.www.protocol.http=ALL-UNNAMED",
              "--add-exports=java.base/sun.net.www.protocol.https=ALL-UNNAMED",
              "--add-exports=java.base/sun.net.www.protocol.jar=ALL-UNNAMED")
          .map(VMOption::new)
          .forEach(options::add);
      options.add(new VMOption("-classpath"));
      options.add(new VMOption("lib/boot/*" + File.pathSeparator + "lib/jdk9plus/*"));
      options.add(CoreOptions.systemTimeout(90_000));
      return options.toArray(Option[]::new);
    }

    @Override
    public URI url() {
      return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public String adminPassword() {
      return PASSWORD;
    }

    @Override
    public Path data() {
      return data;
    }

    @Override
    public void close() {
      try {
        container.stop();
      } finally {
        // a stop that fails would leave the server running
        ProcessHandle.current()
            .descendants()
            .filter(
                process ->
                    process
                        .info()
                        .arguments()
                        .map(arguments -> String.join(" ", arguments))
                        .orElse("")
                        .contains("talka.data=" + data))
            .forEach(ProcessHandle::destroyForcibly);
      }
    }
  }
}
