/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Why somebody is told. Stored by position: new ones go to the end. */
public enum NoticeKind {
  /** The ticket is theirs now. */
  ASSIGNED,
  /** It is their team's now, and nobody's of it. */
  TEAM,
  /** Somebody replied. */
  REPLY,
  /** Somebody wrote an internal note. */
  NOTE,
  /** Their own request has another state. */
  STATE,
  /** Somebody called them by name. */
  MENTION,
  /** They may approve what waits for approval. */
  APPROVAL,
  /** A module tells something of one of its records. */
  RECORD;

  /** What nobody is told who did not ask for it. */
  private static final Set<NoticeKind> OFF = EnumSet.of(TEAM);

  /** As clients write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<NoticeKind> of(String word) {
    for (NoticeKind kind : values()) {
      if (kind.word().equals(word)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Those of which people are told who chose nothing. */
  public static Set<NoticeKind> byDefault() {
    return EnumSet.complementOf(EnumSet.copyOf(OFF));
  }

  int bit() {
    return 1 << ordinal();
  }

  /** Several in one number. */
  public static int bits(Set<NoticeKind> kinds) {
    return kinds.stream().mapToInt(NoticeKind::bit).sum();
  }

  public static Set<NoticeKind> of(int bits) {
    EnumSet<NoticeKind> kinds = EnumSet.noneOf(NoticeKind.class);
    for (NoticeKind kind : values()) {
      if ((bits & kind.bit()) != 0) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
