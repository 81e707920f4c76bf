/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.Seal;

/**
 * Adds the digest list and the signature to an archive that the reader has found sound; replaces
 * those that are there. The files keep their order, times and content.
 */
final class ArchiveSigner {
  private ArchiveSigner() {}

  static byte[] sign(byte[] archive, MakerKey key) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive));
        ZipOutputStream out = new ZipOutputStream(signed)) {
      long newest = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.getName().equals(Seal.LIST) && !entry.getName().equals(Seal.SIGNATURE)) {
          byte[] content = in.readAllBytes();
          write(out, entry.getName(), entry.getTime(), content);
          newest = Math.max(newest, entry.getTime());
          if (!entry.isDirectory()) {
            digests.put(entry.getName(), ArchiveReader.digest(content));
          }
        }
      }
      byte[] list = Seal.list(digests);
      write(out, Seal.LIST, newest, list);
      write(out, Seal.SIGNATURE, newest, Seal.signature(key.open().id(), key.sign(list)));
    }
    return signed.toByteArray();
  }

  private static void write(ZipOutputStream out, String name, long time, byte[] content)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(time);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
