/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.list;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.talka.api.query.Filter;

/**
 * Whether a record of which only some keywords are known could meet a condition. What is not known
 * may be anything.
 */
public enum Possible {
  NO,
  MAYBE,
  YES;

  public static Possible of(Filter filter, Map<String, Set<String>> known) {
    if (filter instanceof Filter.All) {
      return YES;
    }
    if (filter instanceof Filter.None) {
      return NO;
    }
    if (filter instanceof Filter.Is is && known.containsKey(is.field())) {
      return known.get(is.field()).contains(is.value()) ? YES : NO;
    }
    if (filter instanceof Filter.Exists exists && known.containsKey(exists.field())) {
      return known.get(exists.field()).isEmpty() ? NO : YES;
    }
    if (filter instanceof Filter.AllOf all) {
      return parts(all.parts(), known).min(Possible::compareTo).orElse(YES);
    }
    if (filter instanceof Filter.AnyOf any) {
      return parts(any.parts(), known).max(Possible::compareTo).orElse(NO);
    }
    if (filter instanceof Filter.Not not) {
      return switch (of(not.part(), known)) {
        case NO -> YES;
        case MAYBE -> MAYBE;
        case YES -> NO;
      };
    }
    return MAYBE;
  }

  private static Stream<Possible> parts(List<Filter> parts, Map<String, Set<String>> known) {
    return parts.stream().map(part -> of(part, known));
  }
}
