/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.security.Colleagues;
import org.talka.security.GrantBook;
import org.talka.security.GrantSource;
import org.talka.security.PermissionGrant;
import org.talka.ticket.internal.access.Ground;

/** Says reasons in sentences, and where the permission behind them comes from. */
@Component(service = ReasonWords.class)
public class ReasonWords {
  private static final String GIVES_ROLES = "person:admin";
  private static final int NAMED = 5;

  private final Translator translator;
  private final People people;
  private final Colleagues colleagues;
  private final GrantBook book;

  @Activate
  public ReasonWords(
      @Reference Translator translator,
      @Reference People people,
      @Reference Colleagues colleagues,
      @Reference GrantBook book) {
    this.translator = translator;
    this.people = people;
    this.colleagues = colleagues;
    this.book = book;
  }

  /**
   * A sentence for each reason, and one for where the permission comes from or who could give it.
   */
  public List<String> sentences(PersonId person, Verdict verdict, Locale locale) {
    List<String> sentences = new ArrayList<>();
    verdict.reasons().forEach(reason -> sentences.add(say(text(reason, locale), locale)));
    origin(person, verdict).ifPresent(text -> sentences.add(say(text.in(locale), locale)));
    return sentences;
  }

  /** A sentence whose places have to be filled in some language first. */
  private interface Sentence {
    Text in(Locale locale);
  }

  private Optional<Sentence> origin(PersonId person, Verdict verdict) {
    boolean lacks = verdict.reasons().stream().anyMatch(Reason.NotGranted.class::isInstance);
    boolean rests =
        verdict.reasons().stream()
            .anyMatch(
                reason -> reason instanceof Reason.Covered || reason instanceof Reason.Granted);
    Optional<PermissionGrant> grant = book.of(person, verdict.permission());
    if (rests) {
      return grant.map(
          known ->
              locale ->
                  Text.of(
                      "ticket.access.by",
                      "permission",
                      permission(verdict.permission(), locale),
                      "roles",
                      roles(known.by(), locale)));
    }
    return lacks ? grant.map(known -> locale -> gives(known, locale)) : Optional.empty();
  }

  private Text gives(PermissionGrant grant, Locale locale) {
    if (grant.others().isEmpty()) {
      return Text.of("ticket.access.nobody");
    }
    List<PersonId> givers = colleagues.holders(GIVES_ROLES, NAMED);
    String names =
        people.persons(givers).values().stream()
            .map(Person::displayName)
            .sorted()
            .collect(Collectors.joining(", "));
    return Text.of("ticket.access.others", "roles", roles(grant.others(), locale), "people", names);
  }

  private Text text(Reason reason, Locale locale) {
    if (reason instanceof Reason.Covered covered) {
      return ground(covered.ground());
    }
    if (reason instanceof Reason.Granted) {
      return Text.of("ticket.access.granted");
    }
    if (reason instanceof Reason.NotGranted lacks) {
      return Text.of(
          "ticket.access.not-granted", "permission", permission(lacks.permission(), locale));
    }
    if (reason instanceof Reason.OutOfReach short_) {
      String permission = permission(short_.permission(), locale);
      return switch (short_.scope()) {
        case TEAM -> Text.of("ticket.access.reach.team", "permission", permission);
        case ORGANISATION -> Text.of("ticket.access.reach.organisation", "permission", permission);
        default -> Text.of("ticket.access.reach.own", "permission", permission);
      };
    }
    if (reason instanceof Reason.Left left) {
      return Text.of("ticket.access.left", "module", module(left.module(), locale));
    }
    if (reason instanceof Reason.Hidden hidden) {
      return Text.of("ticket.access.hidden", "module", module(hidden.module(), locale));
    }
    if (reason instanceof Reason.Away away) {
      return Text.of("ticket.access.away", "module", module(away.module(), locale));
    }
    if (reason instanceof Reason.Excused excused) {
      return Text.of("ticket.access.excused", "module", module(excused.module(), locale));
    }
    if (reason instanceof Reason.ModuleGone gone) {
      return Text.of("ticket.access.module-gone", "module", module(gone.module(), locale));
    }
    if (reason instanceof Reason.ClosedBy closed) {
      return Text.of("ticket.access.condition", "module", module(closed.module(), locale));
    }
    if (reason instanceof Reason.TasksOpen tasks) {
      return Text.of("ticket.access.tasks", "n", tasks.open());
    }
    if (reason instanceof Reason.Requested) {
      return Text.of("ticket.access.requested");
    }
    return Text.of(
        reason instanceof Reason.Closed ? "ticket.access.closed" : "ticket.access.unseen");
  }

  private Text ground(Ground ground) {
    long id = ground.id().orElse(0L);
    return switch (ground.kind()) {
      case ALL -> Text.of("ticket.access.ground.all");
      case REQUESTER -> Text.of("ticket.access.ground.requester");
      case WATCHER -> Text.of("ticket.access.ground.watcher");
      case ASSIGNEE -> Text.of("ticket.access.ground.assignee");
      case TEAM ->
          Text.of(
              "ticket.access.ground.team",
              "team",
              people.team(new TeamId(id)).map(team -> team.name()).orElse("–"));
      case ORGANISATION ->
          Text.of(
              "ticket.access.ground.organisation",
              "organisation",
              people.organisation(new OrganisationId(id)).map(o -> o.name()).orElse("–"));
    };
  }

  private String permission(String key, Locale locale) {
    return known("permission." + key, key, locale);
  }

  private String module(String id, Locale locale) {
    return known("module." + id + ".title", id, locale);
  }

  private String roles(List<GrantSource> sources, Locale locale) {
    return sources.stream()
        .map(
            source ->
                source
                    .name()
                    .orElseGet(() -> known("role." + source.role(), source.role(), locale)))
        .collect(Collectors.joining(", "));
  }

  /** Words that a bundle may lack or take along. */
  private String known(String key, String otherwise, Locale locale) {
    String words = say(Text.of(key), locale);
    return words.equals(key) ? otherwise : words;
  }

  private String say(Text text, Locale locale) {
    return translator.translate(text, locale);
  }
}
