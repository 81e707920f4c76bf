/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.talka.api.text.Text;

/**
 * Which new passwords are refused: length and what everybody tries first, no rules of composition
 * (NIST SP 800-63B section 3.1.1.2).
 */
@Component(service = PasswordRules.class)
public class PasswordRules {
  public static final int MIN_LENGTH = 10;

  private final Set<String> common;

  @Activate
  public PasswordRules() {
    this.common = read();
  }

  /** What is wrong with the password; empty when it will do. */
  public Optional<Text> refusal(String username, String password) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH) {
      return Optional.of(Text.of("error.password.tooShort", "min", MIN_LENGTH));
    }
    if (length > Passwords.MAX_LENGTH) {
      return Optional.of(Text.of("error.password.tooLong", "max", Passwords.MAX_LENGTH));
    }
    String low = password.toLowerCase(Locale.ROOT);
    if (low.equals(username.toLowerCase(Locale.ROOT))) {
      return Optional.of(Text.of("error.password.isUsername"));
    }
    if (common.contains(low) || sameCharacter(low)) {
      return Optional.of(Text.of("error.password.common"));
    }
    return Optional.empty();
  }

  private static boolean sameCharacter(String text) {
    return text.codePoints().distinct().count() == 1;
  }

  private static Set<String> read() {
    try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
