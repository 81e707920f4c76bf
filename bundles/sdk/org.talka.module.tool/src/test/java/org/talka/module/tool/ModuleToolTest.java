/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.module.internal.intake.Seal;

class ModuleToolTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream complained = new ByteArrayOutputStream();
  private Path folder;
  private Path archive;

  @BeforeEach
  void make(@TempDir Path temporary) throws Exception {
    folder = temporary;
    archive = folder.resolve("example.jar");
    jar(archive, "example", "something");
  }

  private static void jar(Path file, String id, String content) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      write(
          zip,
          "META-INF/MANIFEST.MF",
          "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: com.example\n"
              + "Bundle-Version: 1.0.0\nTalka-Module: "
              + id
              + ";title=Example;vendor=Somebody\n");
      write(zip, "folder/", "");
      write(
          zip,
          "TALKA-INF/module.json",
          "{\"id\":\"" + id + "\",\"permissions\":[{\"key\":\"" + id + ":use\"}]}");
      write(zip, "folder/content.txt", content);
    }
  }

  private static void write(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
  }

  private int run(String... arguments) {
    said.reset();
    complained.reset();
    return new ModuleTool(
            new PrintStream(said, true, StandardCharsets.UTF_8),
            new PrintStream(complained, true, StandardCharsets.UTF_8),
            folder.resolve("trust"),
            Locale.ENGLISH)
        .run(List.of(arguments));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void keygen(String name, String modules) {
    assertEquals(
        ModuleTool.WELL,
        run("keygen", "--maker", "Example Ltd", "--modules", modules, "--out", path(name)));
  }

  private void sign(String name) {
    assertEquals(
        ModuleTool.WELL, run("sign", archive.toString(), "--key", path(name + ".key")), this::text);
  }

  private String text() {
    return said.toString(StandardCharsets.UTF_8) + complained.toString(StandardCharsets.UTF_8);
  }

  @Test
  void signsWhatAServerThatTrustsTheKeyTakes() throws Exception {
    keygen("maker", "example");
    assertEquals(
        ModuleTool.REFUSED, run("verify", archive.toString(), "--trust", path("maker.pub")));
    assertTrue(text().startsWith("UNSIGNED"), this::text);
    sign("maker");
    assertEquals(ModuleTool.WELL, run("verify", archive.toString(), "--trust", path("maker.pub")));
    assertTrue(text().startsWith("SIGNED Signed by Example Ltd"), this::text);
    Files.createDirectories(folder.resolve("trust"));
    assertEquals(ModuleTool.REFUSED, run("verify", archive.toString()));
    assertTrue(text().startsWith("UNKNOWN_KEY"), this::text);
    Files.copy(folder.resolve("maker.pub"), folder.resolve("trust/maker.pub"));
    assertEquals(ModuleTool.WELL, run("verify", archive.toString()), "the server's own folder");
  }

  @Test
  void keepsTheFilesAsTheyWereAndSignsAgain() throws Exception {
    byte[] before = content("folder/content.txt");
    keygen("maker", "*");
    sign("maker");
    byte[] once = Files.readAllBytes(archive);
    assertArrayEquals(before, content("folder/content.txt"));
    assertEquals(
        List.of(
            "META-INF/MANIFEST.MF",
            "folder/",
            "TALKA-INF/module.json",
            "folder/content.txt",
            Seal.LIST,
            Seal.SIGNATURE),
        names());
    sign("maker");
    assertArrayEquals(once, Files.readAllBytes(archive), "Ed25519 gives the same bytes again");
    keygen("other", "example");
    assertEquals(
        ModuleTool.WELL,
        run("sign", archive.toString(), "--key", path("other.key"), "--out", path("other.jar")));
    assertArrayEquals(once, Files.readAllBytes(archive), "the original stays as it is");
    assertEquals(ModuleTool.WELL, run("verify", path("other.jar"), "--trust", path("other.pub")));
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        names.add(all.nextElement().getName());
      }
    }
    return names;
  }

  private byte[] content(String name) throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.getInputStream(zip.getEntry(name)).readAllBytes();
    }
  }

  @Test
  void doesNotSignWithAKeyThatIsForOtherModules() throws Exception {
    keygen("maker", "cmdb");
    byte[] before = Files.readAllBytes(archive);
    assertEquals(ModuleTool.REFUSED, run("sign", archive.toString(), "--key", path("maker.key")));
    assertTrue(text().contains("may not sign modules of this id"), this::text);
    assertArrayEquals(before, Files.readAllBytes(archive));
  }

  @Test
  void doesNotSignWithHalvesOfTwoKeys() throws Exception {
    keygen("maker", "example");
    keygen("other", "example");
    Files.delete(folder.resolve("maker.pub"));
    Files.copy(folder.resolve("other.pub"), folder.resolve("maker.pub"));
    assertEquals(ModuleTool.REFUSED, run("sign", archive.toString(), "--key", path("maker.key")));
  }

  @Test
  void refusesToVerifyOrSignWhatAServerWouldRefuse() throws Exception {
    keygen("maker", "example");
    Files.write(archive, new byte[] {1, 2, 3});
    assertEquals(ModuleTool.REFUSED, run("sign", archive.toString(), "--key", path("maker.key")));
    assertEquals("The file is no sound JAR archive.\n", text());
    assertEquals(ModuleTool.REFUSED, run("inspect", archive.toString()));
    assertEquals("The file is no sound JAR archive.\n", text());
  }

  @Test
  void saysWhatAnArchiveHolds() {
    assertEquals(ModuleTool.WELL, run("inspect", archive.toString()));
    for (String expected :
        List.of("example 1.0.0", "Somebody", "com.example 1.0.0", "example:use", "Not signed.")) {
      assertTrue(text().contains(expected), () -> expected + " in " + text());
    }
  }

  @Test
  void keepsThePrivateKeyForItsOwnerAndReplacesNoKey() throws Exception {
    keygen("maker", "example");
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(folder.resolve("maker.key"))));
    }
    byte[] key = Files.readAllBytes(folder.resolve("maker.key"));
    assertEquals(ModuleTool.MISUSED, run("keygen", "--maker", "X", "--out", path("maker")));
    assertArrayEquals(key, Files.readAllBytes(folder.resolve("maker.key")));
  }

  @Test
  void explainsAWrongCommand() {
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("dance"),
            List.of("sign", "a.jar"),
            List.of("sign", "a.jar", "--key"),
            List.of("verify", "a.jar", "b.jar"),
            List.of("verify", path("missing.jar"), "--trust", folder.toString()),
            List.of("keygen", "--modules", "x"),
            List.of("inspect", "a.jar", "--colour", "red"))) {
      assertEquals(ModuleTool.MISUSED, run(wrong.toArray(String[]::new)), wrong::toString);
      assertFalse(text().isBlank());
    }
    assertEquals(ModuleTool.WELL, run("help"));
    assertTrue(text().contains("talka module keygen"));
  }
}
