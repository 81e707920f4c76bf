/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.query.Filter;
import org.talka.api.search.PortalFind;
import org.talka.api.search.PortalSearch;
import org.talka.api.security.Callers;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;

/**
 * Answers people of the house with known errors that are marked for the portal (ITIL 4, problem
 * management: known errors are communicated to those who are hit). They can't see problems as such,
 * so the module looks for them and gives the subject and what helps, nothing else. Visitors who
 * have not signed in get none: a problem is a ticket all the same.
 */
@Component(service = {PortalSearch.class, PublicKnownErrors.class})
public class PublicKnownErrors implements PortalSearch {
  private static final String MODULE = "problem";
  private static final String PAGE = "/portal/m/problem/problem.known-error/";
  private static final String SUBJECT = "subject";
  private static final int SUMMARY = 60;

  private final Tickets tickets;
  private final Callers callers;

  @Activate
  public PublicKnownErrors(@Reference Tickets tickets, @Reference Callers callers) {
    this.tickets = tickets;
    this.callers = callers;
  }

  @Override
  public List<PortalFind> find(Context context) {
    return search(subject(context.words()), context.limit()).stream()
        .map(
            problem ->
                new PortalFind(
                    problem.subject(), summary(problem), PAGE + problem.key(), "known-error"))
        .toList();
  }

  /**
   * By the subject alone: what is written in notes and in the analysis must not be found out by
   * asking for it. The last word may be in the making.
   */
  private static Filter subject(String words) {
    int last = words.lastIndexOf(' ') + 1;
    Filter begun = new Filter.Prefix(SUBJECT, words.substring(last).toLowerCase(Locale.ROOT));
    Filter whole = new Filter.Words(SUBJECT, words, false);
    return Filter.or(
        whole,
        last == 0
            ? begun
            : Filter.and(new Filter.Words(SUBJECT, words.substring(0, last), false), begun));
  }

  /** One by its key, if people of the house may read it. */
  Optional<Ticket> find(String key) {
    return search(new Filter.Is("key", key), 1).stream().findFirst();
  }

  private List<Ticket> search(Filter which, int limit) {
    Filter shown =
        new Filter.AllOf(
            List.of(
                new Filter.Is("type", MODULE),
                new Filter.Is("open", "true"),
                new Filter.Is("knownError", "true"),
                new Filter.Is("knownErrorPublic", "true"),
                which));
    return callers.as(
        callers.system(MODULE), () -> tickets.list(shown, "-updatedAt", limit, null).items());
  }

  private static String summary(Ticket problem) {
    String line = Workarounds.workaroundOf(problem).replaceAll("[\\s*_`#>]+", " ").strip();
    return line.length() <= SUMMARY ? line : line.substring(0, SUMMARY).strip() + "…";
  }
}
