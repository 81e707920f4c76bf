/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
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

  /** A KAR of these bundles, named by a features file; paths as {@link #path}. */
  public static TestJar kar(Map<String, byte[]> bundles) {
    TestJar kar = new TestJar();
    StringBuilder features = new StringBuilder("<features><feature name=\"f\">");
    bundles.forEach(
        (artifact, jar) -> {
          kar.entry(path(artifact), jar);
          features.append("<bundle>mvn:com.example/" + artifact + "/1.0</bundle>");
        });
    return kar.entry(
        "repository/com/example/f/1.0/f-1.0-features.xml", features + "</feature></features>");
  }

  public static String path(String artifact) {
    return "repository/com/example/" + artifact + "/1.0/" + artifact + "-1.0.jar";
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

  /** With a digest list, signed with the key. */
  public TestJar signed(KeyPair key) {
    return sealed(Seal.list(digests()), key);
  }

  /** With this digest list, signed with the key. */
  public TestJar sealed(byte[] list, KeyPair key) {
    entry(Seal.LIST, list);
    try {
      Signature signer = Signature.getInstance(TrustedKey.ALGORITHM);
      signer.initSign(key.getPrivate());
      signer.update(list);
      return entry(Seal.SIGNATURE, Seal.signature(TrustedKey.idOf(key.getPublic()), signer.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public Map<String, String> digests() {
    Map<String, String> digests = new LinkedHashMap<>();
    if (!headers.isEmpty()) {
      digests.put(ArchiveReader.MANIFEST, ArchiveReader.digest(manifest()));
    }
    entries.forEach((path, content) -> digests.put(path, ArchiveReader.digest(content)));
    return digests;
  }

  public static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance(TrustedKey.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private byte[] manifest() {
    StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\n");
    headers.forEach((name, value) -> manifest.append(name + ": " + value + "\n"));
    return manifest.toString().getBytes(StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      if (!headers.isEmpty()) {
        write(zip, ArchiveReader.MANIFEST, manifest());
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        write(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static void write(ZipOutputStream zip, String path, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(path);
    // the same content gives the same bytes, whatever time it is
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
