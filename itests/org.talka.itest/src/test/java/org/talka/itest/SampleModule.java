/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Builds a module as a third party could have: from sources, against what the distribution offers.
 * Also such modules as no build tool would let pass.
 */
final class SampleModule {
  private final String id;
  private final String version;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> files = new LinkedHashMap<>();

  /** A module that does nothing. */
  SampleModule(String id, String version) {
    this.id = id;
    this.version = version;
    files.put("TALKA-INF/module.json", "{\"id\":\"" + id + "\"}");
  }

  String id() {
    return id;
  }

  SampleModule header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  SampleModule file(String path, String content) {
    files.put(path, content);
    return this;
  }

  /** A class of the package {@code com.example.<id>}. */
  SampleModule source(String name, String code) {
    sources.put("com.example." + id + "." + name, "package com.example." + id + ";\n" + code);
    return this;
  }

  /** A class of another package. */
  SampleModule source(String packageName, String name, String code) {
    sources.put(packageName + "." + name, "package " + packageName + ";\n" + code);
    return this;
  }

  /** Describes no module: the bundle only bears a module's id. */
  SampleModule api() {
    files.clear();
    return this;
  }

  /** An activator with these statements in its methods. */
  SampleModule activator(String start, String stop) {
    header("Bundle-Activator", "com.example." + id + ".Activator");
    imports("org.osgi.framework");
    return source(
        "Activator",
        "public class Activator implements org.osgi.framework.BundleActivator {\n"
            + "  public void start(org.osgi.framework.BundleContext context) throws Exception {"
            + start
            + "}\n  public void stop(org.osgi.framework.BundleContext context) throws Exception {"
            + stop
            + "}\n}\n");
  }

  /** Gives the activator a member. */
  SampleModule field(String code) {
    String name = "com.example." + id + ".Activator";
    sources.computeIfPresent(
        name, (n, source) -> source.substring(0, source.lastIndexOf('}')) + code + "}");
    return this;
  }

  /** Lets the activator call {@code hang()}, which never returns and takes no hint. */
  SampleModule hangs() {
    String name = "com.example." + id + ".Activator";
    String code = sources.get(name);
    sources.put(
        name,
        code.substring(0, code.lastIndexOf('}'))
            + "  static void hang() { while (true) { try { Thread.sleep(1000); }"
            + " catch (InterruptedException e) { /* on purpose */ } } }\n}\n");
    return this;
  }

  SampleModule imports(String... packages) {
    for (String name : packages) {
      headers.merge("Import-Package", name, (before, more) -> before + "," + more);
    }
    return this;
  }

  /** A persistence unit with this change log. */
  SampleModule changelog(String changeSets) {
    file(
        "META-INF/persistence.xml",
        "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">"
            + "<persistence-unit name=\""
            + id
            + "\"><class>com.example."
            + id
            + ".Row</class></persistence-unit></persistence>");
    source(
        "Row",
        "@jakarta.persistence.Entity @jakarta.persistence.Table(name = \""
            + id
            + "_row\") public class Row {"
            + " @jakarta.persistence.Id private long id; protected Row() {} }");
    imports("jakarta.persistence;version=\"[3.1,4)\"");
    return file(
        "META-INF/db/changelog.xml",
        "<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\">"
            + changeSets
            + "</databaseChangeLog>");
  }

  /** The JAR, compiled against an unpacked distribution. */
  byte[] jar(Path distribution) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "com.example." + id);
    main.putValue("Bundle-Version", version);
    main.putValue("Talka-Module", id + ";title=\"Sample\";vendor=\"Example\";schema=1");
    headers.forEach(main::putValue);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries(distribution).entrySet()) {
        JarEntry file = new JarEntry(entry.getKey());
        // the same sources give the same bytes, whatever time it is
        file.setTime(0);
        jar.putNextEntry(file);
        jar.write(entry.getValue());
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private Map<String, byte[]> entries(Path distribution) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    files.forEach((path, text) -> entries.put(path, text.getBytes(StandardCharsets.UTF_8)));
    if (!sources.isEmpty()) {
      entries.putAll(compile(distribution));
    }
    return entries;
  }

  private Map<String, byte[]> compile(Path distribution) throws IOException {
    Path out = Files.createTempDirectory("talka-sample");
    try {
      List<Path> libraries = new ArrayList<>(Distribution.bundles(distribution));
      try (Stream<Path> boot = Files.list(distribution.resolve("lib/boot"))) {
        boot.forEach(libraries::add);
      }
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      java.io.StringWriter said = new java.io.StringWriter();
      boolean compiled =
          compiler
              .getTask(
                  said,
                  null,
                  null,
                  List.of(
                      "--release",
                      "17",
                      "-proc:none",
                      "-d",
                      out.toString(),
                      "-classpath",
                      libraries.stream()
                          .map(Path::toString)
                          .collect(Collectors.joining(java.io.File.pathSeparator))),
                  null,
                  sources.entrySet().stream().map(Source::new).toList())
              .call();
      if (!compiled) {
        throw new IllegalStateException(said.toString());
      }
      Map<String, byte[]> classes = new LinkedHashMap<>();
      try (Stream<Path> made = Files.walk(out)) {
        for (Path file : made.filter(Files::isRegularFile).toList()) {
          classes.put(out.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
      return classes;
    } finally {
      Distribution.delete(out);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    Source(Map.Entry<String, String> source) {
      super(
          URI.create("string:///" + source.getKey().replace('.', '/') + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.code = source.getValue();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
