/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.Locale;
import org.talka.api.text.Text;

/** Says whose an archive is. Any thread. */
public interface Trust {
  Assessment verify(ModuleArchive archive);

  /** What is known of the maker. */
  enum Verdict {
    /** It came with this distribution, byte for byte. */
    FIRST_PARTY,
    /** Signed by a key of the trust folder that may sign this module. */
    SIGNED,
    /** Nobody vouches for it. */
    UNSIGNED,
    /** The signature is not over this content, or no signature at all. */
    WRONG_SIGNATURE,
    /** Signed by a key that is not in the trust folder. */
    UNKNOWN_KEY,
    /** Signed by a key of the trust folder that may not sign modules of this id. */
    PREFIX_NOT_ALLOWED,
    /** A file of the archive is not as its own digest list says. */
    DIGEST_MISMATCH;

    /** Whether the archive contradicts itself: nobody takes such a one, whatever the mode. */
    public boolean isForged() {
      return this == WRONG_SIGNATURE || this == DIGEST_MISMATCH;
    }

    /** Whether somebody who is trusted vouches for it. */
    public boolean isTrusted() {
      return this == FIRST_PARTY || this == SIGNED;
    }
  }

  /**
   * @param maker who signed, as far as that is known; else empty
   * @param key id of the key that signed; else empty
   * @param entry the file that is not as it should be; else empty
   */
  record Assessment(Verdict verdict, String maker, String key, String entry) {
    static Assessment of(Verdict verdict) {
      return new Assessment(verdict, "", "", "");
    }

    /** In a sentence. */
    public Text text() {
      return said("module.signature.");
    }

    /** Why it is refused, and what to do. */
    public Text refusal() {
      return said("error.module.signature.");
    }

    /** What to think of before it is installed all the same. */
    public Text warning() {
      return said("module.note.");
    }

    private Text said(String keys) {
      return Text.of(
          keys + verdict.name().toLowerCase(Locale.ROOT),
          "maker",
          maker,
          "key",
          key,
          "entry",
          entry);
    }
  }
}
