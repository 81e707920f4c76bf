/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Bundle;

/**
 * Tells whether the framework holds the very content that was checked: a bundle may have been
 * updated in place, or its file exchanged after it was installed.
 */
final class Contents {
  private Contents() {}

  static boolean differ(Bundle bundle, byte[] archive) {
    try {
      return !of(bundle).equals(of(archive));
    } catch (IOException unreadable) {
      return true;
    }
  }

  private static Map<String, String> of(byte[] archive) throws IOException {
    Map<String, String> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), digest(zip));
        }
      }
    }
    return entries;
  }

  private static Map<String, String> of(Bundle bundle) throws IOException {
    Map<String, String> entries = new HashMap<>();
    Enumeration<URL> files = bundle.findEntries("/", "*", true);
    while (files != null && files.hasMoreElements()) {
      URL file = files.nextElement();
      String name = file.getPath().substring(1);
      if (!name.endsWith("/")) {
        try (InputStream in = file.openStream()) {
          entries.put(name, digest(in));
        }
      }
    }
    return entries;
  }

  private static String digest(InputStream in) throws IOException {
    MessageDigest sum = sha256();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sum.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(sum.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
