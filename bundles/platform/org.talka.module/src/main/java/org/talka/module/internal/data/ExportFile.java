/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.talka.module.ModuleData;

/**
 * The records of one module in one zip file: {@code export.json} says what it is and names every
 * other entry with its SHA-256, {@code module/…} is the module's archive, {@code earlier/…} are
 * archives of other versions that have changed its tables as well, and {@code data/<place>/…} what
 * each {@link ModuleData} wrote.
 */
final class ExportFile implements Closeable {
  static final String MANIFEST = "export.json";
  static final String ARCHIVE = "module/";
  static final String EARLIER = "earlier/";
  private static final String DATA = "data/";
  private static final int FORMAT = 1;

  private static final long MOST_ENTRIES = 2_000_000;

  /** More than any archive that the intake takes; what is longer is refused there. */
  private static final int LONGEST_ARCHIVE = 65 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * What the file is.
   *
   * @param digest of the module's archive, SHA-256
   * @param titles the module's name by language
   * @param made when, as an ISO instant
   * @param counts place to kind to how many records
   * @param entries name to SHA-256
   */
  record Manifest(
      int format,
      String module,
      String version,
      String digest,
      Map<String, String> titles,
      String made,
      String by,
      Map<String, Map<String, Long>> counts,
      Map<String, String> entries) {}

  /** What is known before the records are written. */
  record Head(
      String module,
      String version,
      String digest,
      Map<String, String> titles,
      String made,
      String by) {}

  private final ZipFile zip;
  private final Manifest manifest;

  private ExportFile(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /** Writes the content of an export. */
  interface Filling {
    /** Returns the counts. */
    Map<String, Map<String, Long>> into(Writer writer) throws IOException;
  }

  /** Takes entries; one thread. */
  static final class Writer {
    private final ZipOutputStream zip;
    private final Map<String, String> digests = new LinkedHashMap<>();

    private Writer(ZipOutputStream zip) {
      this.zip = zip;
    }

    /** Where a place puts its entries. */
    ModuleData.Sink place(String name) {
      return (entry, content) -> entry(DATA + name + "/" + entry, content);
    }

    void entry(String name, ModuleData.Writing content) throws IOException {
      if (!isPlain(name) || digests.containsKey(name)) {
        throw new IOException("no name for an entry: " + name);
      }
      zip.putNextEntry(new ZipEntry(name));
      DigestOutputStream digesting =
          new DigestOutputStream(
              new FilterOutputStream(zip) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                  out.write(bytes, from, length);
                }

                @Override
                public void close() throws IOException {
                  flush();
                }
              },
              sha256());
      content.to(digesting);
      zip.closeEntry();
      digests.put(name, HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
    }
  }

  /** Writes a file; durable when the method returns. */
  static void write(Path file, Head head, Filling filling) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        ZipOutputStream zip =
            new ZipOutputStream(
                new java.io.BufferedOutputStream(
                    java.nio.channels.Channels.newOutputStream(channel), 1 << 16))) {
      Writer writer = new Writer(zip);
      Map<String, Map<String, Long>> counts = filling.into(writer);
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsBytes(
                  new Manifest(
                      FORMAT,
                      head.module(),
                      head.version(),
                      head.digest(),
                      head.titles(),
                      head.made(),
                      head.by(),
                      counts,
                      writer.digests)));
      zip.closeEntry();
      zip.finish();
      zip.flush();
      channel.force(true);
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it is no export
   */
  static ExportFile open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    boolean good = false;
    try {
      ZipEntry entry = zip.getEntry(MANIFEST);
      if (entry == null) {
        throw new IOException("no " + MANIFEST);
      }
      Manifest manifest;
      try (InputStream in = zip.getInputStream(entry)) {
        manifest = JSON.readValue(in.readNBytes(64 << 20), Manifest.class);
      } catch (JsonProcessingException e) {
        throw new IOException(MANIFEST + " can't be read", e);
      }
      if (manifest.format() != FORMAT
          || manifest.module() == null
          || !manifest.module().matches("[a-z][a-z0-9-]{1,31}")
          || manifest.version() == null
          || manifest.digest() == null
          || manifest.titles() == null
          || manifest.counts() == null
          || manifest.entries() == null
          || manifest.entries().size() > MOST_ENTRIES
          || !manifest.entries().keySet().stream().allMatch(ExportFile::isPlain)) {
        throw new IOException(MANIFEST + " is of no kind that is known here");
      }
      good = true;
      return new ExportFile(zip, manifest);
    } finally {
      if (!good) {
        zip.close();
      }
    }
  }

  private static boolean isPlain(String name) {
    return name.matches("[A-Za-z0-9_.+-]+(/[A-Za-z0-9_.+-]+)*")
        && !name.contains("..")
        && !name.equals(MANIFEST);
  }

  Manifest manifest() {
    return manifest;
  }

  /**
   * Reads every byte again.
   *
   * @throws IOException if anything is not as it was written
   */
  void verify() throws IOException {
    if (zip.size() != manifest.entries().size() + 1) {
      throw new IOException("there are entries that " + MANIFEST + " does not name");
    }
    byte[] buffer = new byte[1 << 16];
    for (Map.Entry<String, String> expected : manifest.entries().entrySet()) {
      MessageDigest digest = sha256();
      try (InputStream in = stream(expected.getKey())) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(expected.getValue())) {
        throw new IOException("the digest of " + expected.getKey() + " is another");
      }
    }
  }

  /** Names below a folder. */
  private List<String> below(String folder) {
    List<String> names = new ArrayList<>();
    for (String name : manifest.entries().keySet()) {
      if (name.startsWith(folder)) {
        names.add(name.substring(folder.length()));
      }
    }
    return names;
  }

  /** What a place wrote. */
  ModuleData.Source place(String name) {
    String folder = DATA + name + "/";
    List<String> entries = below(folder);
    return new ModuleData.Source() {
      @Override
      public List<String> entries() {
        return entries;
      }

      @Override
      public InputStream open(String entry) throws IOException {
        return stream(folder + entry);
      }
    };
  }

  /** The file name and the bytes of the module's archive. */
  Map.Entry<String, byte[]> archive() throws IOException {
    List<String> names = below(ARCHIVE);
    if (names.size() != 1) {
      throw new IOException("no archive of the module");
    }
    return Map.entry(names.get(0), read(ARCHIVE + names.get(0)));
  }

  /** The same of other versions, by file name. */
  Map<String, byte[]> earlier() throws IOException {
    Map<String, byte[]> earlier = new TreeMap<>();
    for (String name : below(EARLIER)) {
      earlier.put(name, read(EARLIER + name));
    }
    return earlier;
  }

  private byte[] read(String name) throws IOException {
    try (InputStream in = stream(name)) {
      return in.readNBytes(LONGEST_ARCHIVE);
    }
  }

  private InputStream stream(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || !manifest.entries().containsKey(name)) {
      throw new IOException("no entry " + name);
    }
    return zip.getInputStream(entry);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The digest of a file's bytes, in lower-case hexadecimal. */
  static String digest(Path file) {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
