/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.attachment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * Attachments as files in the data folder, named by the digest of their bytes: the same file sent
 * twice is kept once, and a stored file never changes.
 */
@Component(configurationPid = "org.talka", configurationPolicy = ConfigurationPolicy.OPTIONAL)
public class AttachmentFiles implements AttachmentStore {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private final Path folder;

  /** How many keep which bytes just now; guarded by its own monitor, as is the removal. */
  private final Map<String, Integer> wanted = new HashMap<>();

  /** Of the desk's configuration. */
  public @interface Config {
    /** The data folder. */
    String data() default "data";
  }

  @Activate
  public AttachmentFiles(Config config) {
    this(Path.of(config.data()).resolve("attachments"));
  }

  AttachmentFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Kept keep(InputStream bytes, long maxBytes) throws IOException, TooLargeException {
    Files.createDirectories(folder);
    Path incoming = Files.createTempFile(folder, "incoming-", ".part");
    try {
      MessageDigest digest = sha256();
      byte[] head = new byte[0];
      long size = 0;
      byte[] buffer = new byte[16_384];
      try (FileChannel file = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
        for (int n = bytes.readNBytes(buffer, 0, buffer.length);
            n > 0;
            n = bytes.readNBytes(buffer, 0, buffer.length)) {
          if (size == 0) {
            head = Arrays.copyOf(buffer, Math.min(n, ImageKind.LOOK));
          }
          size += n;
          if (size > maxBytes) {
            throw new TooLargeException();
          }
          digest.update(buffer, 0, n);
          ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, n);
          while (chunk.hasRemaining()) {
            file.write(chunk);
          }
        }
        // acknowledged means kept, even if the power fails now
        file.force(true);
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      synchronized (wanted) {
        wanted.merge(sha256, 1, Integer::sum);
        boolean placed = false;
        try {
          place(incoming, path(sha256));
          placed = true;
        } finally {
          if (!placed) {
            release(sha256);
          }
        }
      }
      return new Kept(sha256, size, ImageKind.of(head));
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  @Override
  public InputStream open(String sha256) throws IOException {
    return Files.newInputStream(path(sha256));
  }

  @Override
  public void release(String sha256) {
    synchronized (wanted) {
      wanted.computeIfPresent(sha256, (digest, count) -> count == 1 ? null : count - 1);
    }
  }

  @Override
  public void forget(String sha256, BooleanSupplier named) throws IOException {
    synchronized (wanted) {
      if (!wanted.containsKey(sha256) && !named.getAsBoolean()) {
        Files.deleteIfExists(path(sha256));
      }
    }
  }

  private static void place(Path incoming, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Files.createDirectories(target.getParent());
    try {
      Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(incoming, target, StandardCopyOption.REPLACE_EXISTING);
    }
    try (FileChannel parent = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
      parent.force(true);
    } catch (IOException e) {
      // not every file system lets a folder be synchronised; the file itself is
      if (!Files.exists(target)) {
        throw e;
      }
    }
  }

  private Path path(String sha256) {
    if (!SHA256.matcher(sha256).matches()) {
      throw new UncheckedIOException(new IOException("Not a digest"));
    }
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
