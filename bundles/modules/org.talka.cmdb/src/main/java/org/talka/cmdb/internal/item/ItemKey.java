/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;

/** The number that people say, as {@code CI-000042}; never given twice. */
public final class ItemKey {
  private static final Pattern KEY = Pattern.compile("CI-([0-9]{1,12})");

  private ItemKey() {}

  public static String of(long id) {
    return String.format(Locale.ROOT, "CI-%06d", id);
  }

  public static OptionalLong id(String key) {
    Matcher matcher = KEY.matcher(key.strip().toUpperCase(Locale.ROOT));
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /**
   * @throws DomainException NOT_FOUND when it is no such number
   */
  public static long known(String key) {
    return id(key)
        .orElseThrow(() -> DomainException.notFound("error.cmdb.item.unknown", "key", key));
  }
}
