/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.portal;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.search.PortalFind;
import org.talka.api.search.PortalSearch;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;

/** Asks modules what answers a question in the portal. One that fails takes no other away. */
@Component(service = PortalAnswers.class)
public class PortalAnswers {
  /** Fewer letters ask nothing yet. */
  public static final int FEWEST_LETTERS = 3;

  private static final int WORDS_MAX = 200;
  private static final int TITLE_MAX = 250;
  private static final String PORTAL = "/portal/";
  private static final Logger LOG = LoggerFactory.getLogger(PortalAnswers.class);

  private final Callers callers;
  private final Extensions<PortalSearch> searches;

  @Activate
  public PortalAnswers(@Reference Callers callers, @Reference Gate gate) {
    this.callers = callers;
    this.searches = gate.open(PortalSearch.class);
  }

  @Deactivate
  public void close() {
    searches.close();
  }

  /** The best of each module, in the order of their service ranking. */
  public List<PortalFind> find(String words, int limit) {
    String asked = words.strip();
    if (asked.length() < FEWEST_LETTERS) {
      return List.of();
    }
    Question question =
        new Question(
            callers.current(),
            asked.length() > WORDS_MAX ? asked.substring(0, WORDS_MAX) : asked,
            limit);
    List<PortalFind> found = new ArrayList<>();
    for (Extension<PortalSearch> search : searches.all()) {
      if (found.size() < limit && answers(search, question.caller())) {
        ask(search, question).stream()
            .filter(PortalAnswers::usable)
            .limit(limit - found.size())
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Visitors are answered by those alone that say so of themselves. */
  private static boolean answers(Extension<PortalSearch> search, Caller caller) {
    return caller.kind() != Caller.Kind.ANONYMOUS
        || "true".equals(String.valueOf(search.properties().get(PortalSearch.PUBLIC)));
  }

  private static List<PortalFind> ask(Extension<PortalSearch> search, Question question) {
    try {
      return search.callIfOpen(service -> service.find(question)).orElse(List.of());
    } catch (DomainException failed) {
      LOG.debug("{} of module {} gave no answer", search.name(), search.module(), failed);
      return List.of();
    }
  }

  /** An answer leads to a page of the portal and nowhere else. */
  private static boolean usable(PortalFind find) {
    return find.title() != null
        && !find.title().isBlank()
        && find.title().length() <= TITLE_MAX
        && find.address() != null
        && find.address().startsWith(PORTAL)
        && !find.address().contains("//");
  }

  private record Question(Caller caller, String words, int limit) implements PortalSearch.Context {}
}
