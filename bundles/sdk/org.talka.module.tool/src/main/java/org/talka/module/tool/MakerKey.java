/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.talka.module.internal.intake.TrustedKey;

/**
 * A maker's key pair in two files: {@code <name>.key} (PKCS #8, PEM, for the maker alone) and
 * {@code <name>.pub} (the public half, for trust folders).
 */
final class MakerKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";

  private final PrivateKey secret;
  private final TrustedKey open;

  private MakerKey(PrivateKey secret, TrustedKey open) {
    this.secret = secret;
    this.open = open;
  }

  TrustedKey open() {
    return open;
  }

  /**
   * Makes both files; replaces none.
   *
   * @param name path of the files without their endings
   */
  static MakerKey make(Path name, String maker, List<String> modules)
      throws IOException, UsageException {
    KeyPair pair = pair();
    TrustedKey open = TrustedKey.of(maker, pair.getPublic(), modules);
    String pem =
        BEGIN
            + "\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded())
            + "\n"
            + END
            + "\n";
    Path secretFile = withEnding(name, ".key");
    Path openFile = withEnding(name, ".pub");
    if (Files.exists(openFile)) {
      throw new UsageException(openFile + " is there already. Name another file with --out.");
    }
    try {
      Files.createFile(secretFile, ownersOnly());
    } catch (FileAlreadyExistsException exists) {
      throw new UsageException(secretFile + " is there already. Name another file with --out.");
    }
    Files.writeString(secretFile, pem, StandardCharsets.US_ASCII);
    Files.write(openFile, open.write(), StandardOpenOption.CREATE_NEW);
    return new MakerKey(pair.getPrivate(), open);
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance(TrustedKey.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static FileAttribute<?>[] ownersOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static Path withEnding(Path name, String ending) {
    return name.resolveSibling(name.getFileName() + ending);
  }

  /**
   * @param file the {@code .key} file; its {@code .pub} stands beside it
   */
  static MakerKey read(Path file) throws IOException, UsageException {
    String name = file.getFileName().toString();
    if (!name.endsWith(".key")) {
      throw new UsageException("The private key is a file that ends in .key, not " + name + ".");
    }
    Path openFile = file.resolveSibling(name.substring(0, name.length() - 4) + ".pub");
    if (!Files.isRegularFile(openFile)) {
      throw new UsageException(
          "The public half must stand beside it: " + openFile + " is missing.");
    }
    try {
      String pem = Files.readString(file, StandardCharsets.US_ASCII);
      String base64 = pem.replace(BEGIN, "").replace(END, "").replaceAll("\\s", "");
      PrivateKey secret =
          KeyFactory.getInstance(TrustedKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
      TrustedKey open = TrustedKey.read(Files.readString(openFile, StandardCharsets.UTF_8));
      return new MakerKey(secret, open);
    } catch (GeneralSecurityException | IllegalArgumentException wrong) {
      throw new UsageException(file + " and its .pub are no key pair: " + wrong.getMessage());
    }
  }

  byte[] sign(byte[] content) {
    try {
      Signature signer = Signature.getInstance(TrustedKey.ALGORITHM);
      signer.initSign(secret);
      signer.update(content);
      return signer.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
