/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.seal;

import jakarta.persistence.EntityManager;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.security.Seal;
import org.talka.security.internal.text.Secrets;

/** Seals with HMAC-SHA-256 under a key that only this server's database holds; 128 bits remain. */
@Component(service = Seal.class)
public class HmacSeal implements Seal {
  private static final String KEY = "seal";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int TAG_BYTES = 16;
  private static final int MAX_SEALED = 8192;

  private final SecretKeySpec key;

  @Activate
  public HmacSeal(@Reference(target = "(talka.unit=security)") Database database) {
    this(database.write(HmacSeal::key));
  }

  HmacSeal(String secret) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
  }

  @Override
  public String seal(String purpose, String content) {
    byte[] text = content.getBytes(StandardCharsets.UTF_8);
    byte[] sealed =
        ByteBuffer.allocate(TAG_BYTES + text.length).put(tag(purpose, text)).put(text).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  @Override
  public String open(String purpose, String sealed) {
    byte[] bytes = decode(sealed);
    if (bytes.length < TAG_BYTES) {
      throw forged();
    }
    byte[] tag = Arrays.copyOf(bytes, TAG_BYTES);
    byte[] text = Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length);
    if (!MessageDigest.isEqual(tag, tag(purpose, text))) {
      throw forged();
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw forged();
    }
  }

  private static byte[] decode(String sealed) {
    if (sealed.length() > MAX_SEALED) {
      throw forged();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(sealed);
      // the last character has bits to spare: only one spelling of a sealed text is good
      if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(sealed)) {
        throw forged();
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw forged();
    }
  }

  private byte[] tag(String purpose, byte[] text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] name = purpose.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length));
      mac.update(name);
      return Arrays.copyOf(mac.doFinal(text), TAG_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static String key(EntityManager em) {
    ServerKeyRow row = em.find(ServerKeyRow.class, KEY);
    if (row == null) {
      row = new ServerKeyRow(KEY, new Secrets().next());
      em.persist(row);
    }
    return row.secret();
  }

  private static DomainException forged() {
    return DomainException.malformed("error.page.forged");
  }
}
