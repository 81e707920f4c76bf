/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds archives in memory, sound ones and others. */
public final class TestJar {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private TestJar() {}

  /** A sound module of this id, version 1.2.3. */
  public static TestJar module(String id) {
    return new TestJar()
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", "org.talka." + id)
        .header("Bundle-Version", "1.2.3")
        .header("Talka-Module", id + ";title=\"A title\";vendor=\"Somebody\";schema=1")
        .entry("TALKA-INF/module.json", "{\"id\":\"" + id + "\"}");
  }

  /** Sets a header, or takes it away when the value is null. */
  public TestJar header(String name, String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  public TestJar entry(String path, String content) {
    return entry(path, content.getBytes(StandardCharsets.UTF_8));
  }

  public TestJar entry(String path, byte[] content) {
    entries.put(path, content);
    return this;
  }

  public TestJar without(String path) {
    entries.remove(path);
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
      headers.forEach((name, value) -> manifest.append(name + ": " + value + "\n"));
      write(zip, ArchiveReader.MANIFEST, manifest.toString().getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        write(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static void write(ZipOutputStream zip, String path, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    zip.write(content);
    zip.closeEntry();
  }
}
