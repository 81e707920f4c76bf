/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal.sample;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.module.SampleData;
import org.talka.api.security.Callers;
import org.talka.api.ticket.Tickets;
import org.talka.problem.internal.Workarounds;

/** Problems behind the demonstration's incidents, each at another point of its way. */
@Component
public class ProblemSamples implements SampleData {
  private static final String CAUSES = "problem.causes";
  private static final String TOMASS = "tomas.jansons";
  private static final String DANIEL = "daniel.weber";
  private static final String KRISTINE = "kristine.vitola";

  private final Tickets tickets;
  private final Workarounds workarounds;
  private final Callers callers;

  @Activate
  public ProblemSamples(
      @Reference Tickets tickets, @Reference Workarounds workarounds, @Reference Callers callers) {
    this.tickets = tickets;
    this.workarounds = workarounds;
    this.callers = callers;
  }

  @Override
  public void fill(Context context) {
    printQueue(context);
    wireless(context);
    forgedMail(context);
    vpn(context);
  }

  /** A known error that people of the house find in the portal, and whose fix is under way. */
  private void vpn(Context context) {
    Course course =
        new Course(context, tickets, 9, "VPN drops every few minutes when working from home");
    String key =
        begin(
            course,
            TOMASS,
            "VPN client 5.2.1 ends connections after three to five minutes",
            """
            Four people within a week, all with client **5.2.1** and all at home. In the office,
            where nothing is translated between client and gateway, it does not happen.
            """,
            Map.of(
                "problemCategory", "Remote access",
                "impact", "medium",
                "urgency", "high",
                "team", "network",
                "assignee", TOMASS));
    incidents(course, TOMASS, key);
    move(course, TOMASS, key, "assess", Map.of());
    move(course, TOMASS, key, "analyse", Map.of("rcaMethod", "kepnerTregoe"));
    change(
        course,
        TOMASS,
        key,
        Map.of(
            "hypotheses",
            "- Router at home forgets the connection: *no*, other programs keep theirs.\n"
                + "- Gateway ends idle sessions: *no*, its limit is eight hours.\n"
                + "- Client sends no keep-alive: **yes**, nothing is seen for 180 seconds.",
            "rootCauseCode",
            "defect",
            "rootCause",
            "Client 5.2.1 sends its keep-alive only after a change of network. Routers forget the"
                + " connection meanwhile. The maker has fixed it in 5.2.3.",
            "workaround",
            "Install **VPN client 5.2.3** from the software centre and start the computer again."
                + " Until then, connect by cable or through the phone's hotspot.",
            "knownErrorPublic",
            true));
    move(course, TOMASS, key, "confirm-known-error", Map.of());
    course.then(
        TOMASS,
        () -> {
          workarounds.publish(tickets.get(key), callers.current());
          return null;
        });
    move(
        course,
        TOMASS,
        key,
        "start-fix",
        Map.of(
            "fixDecision",
            "fix",
            "targetDate",
            day(context, 12),
            "fixReason",
            "5.2.3 goes to all laptops with the next round of updates."));
  }

  /** One whose cause is still looked for. */
  private void wireless(Context context) {
    Course course =
        new Course(
            context,
            tickets,
            6,
            "Noliktavas skeneris nepieslēdzas tīklam",
            "Lēns internets kuģu dispečeru telpā");
    String key =
        begin(
            course,
            TOMASS,
            "Ostas bezvadu tīkls pazūd un kļūst lēns",
            """
            Piekļuves punkti pie 4. vārtiem un dispečeru torņa maiņas laikā pazūd uz dažām
            minūtēm. Abi ir vienā komutatorā.
            """,
            Map.of(
                "problemCategory", "Bezvadu tīkls",
                "impact", "high",
                "urgency", "medium",
                "team", "network",
                "assignee", TOMASS));
    incidents(course, TOMASS, key);
    move(course, TOMASS, key, "assess", Map.of());
    move(course, TOMASS, key, "analyse", Map.of("rcaMethod", "ishikawa"));
    course.then(
        TOMASS,
        () -> {
          tickets.update(
              key,
              tickets.get(key).version(),
              Map.of(
                  "hypotheses",
                  "1. Komutatora **harbour-sw-4** barošana: mērījums rāda kritumus.\n"
                      + "2. Radio traucējumi no celtņiem: vēl jāmēra.\n"
                      + "3. Piekļuves punktu programmatūra: vecāka par 6.5."));
          return tickets.comment(
              key, "Rīt no rīta mērīšu barošanu pie komutatora harbour-sw-4.", true);
        });
  }

  /** A known error with which the house has decided to live for a while. */
  private void printQueue(Context context) {
    Course course =
        new Course(context, tickets, 7, "Weighbridge software freezes when printing tickets");
    String key =
        begin(
            course,
            DANIEL,
            "Jobs of the old label printer block the print queue of H-SRV-03",
            """
            The old label printer at gate 2 is gone, but the weighbridge software still sends it a
            copy of every ticket. After some hundred failed jobs printing takes a minute.
            """,
            Map.of(
                "problemCategory", "Printing",
                "impact", "high",
                "urgency", "low",
                "team", "service-desk",
                "assignee", DANIEL));
    incidents(course, DANIEL, key);
    move(course, DANIEL, key, "assess", Map.of());
    move(course, DANIEL, key, "analyse", Map.of("rcaMethod", "fiveWhys"));
    move(
        course,
        DANIEL,
        key,
        "confirm-known-error",
        Map.of(
            "rootCauseCode",
            "configuration",
            "rootCause",
            "The printer's name is written into the template of the weighing ticket, which only"
                + " the maker can change.",
            "workaround",
            "Empty the queue *GATE2-LABEL* on H-SRV-03 every Monday; it takes a minute."));
    move(
        course,
        KRISTINE,
        key,
        "accept-risk",
        Map.of(
            "fixDecision",
            "accept",
            "fixReason",
            "The weighbridge software is replaced in spring; until then the queue is emptied.",
            "riskOwner",
            KRISTINE,
            "reviewDate",
            day(context, 60)));
  }

  /** One that was only just understood to be one. */
  private void forgedMail(Context context) {
    Course course =
        new Course(
            context,
            tickets,
            4,
            "Spam with our own address as sender",
            "E-pasti klientiem atgriežas ar kļūdu 550");
    String key =
        begin(
            course,
            TOMASS,
            "Mail is forged in our name and our own is refused for it",
            """
            Others send mail with our domain as the sender; some receivers block us in return.
            Possibly one cause: our domain says of no server that it may *not* send for us.
            """,
            Map.of(
                "problemCategory", "Mail",
                "impact", "high",
                "urgency", "high",
                "team", "network"));
    incidents(course, TOMASS, key);
    move(course, KRISTINE, key, "assess", Map.of("assignee", TOMASS));
  }

  private String begin(
      Course course, String who, String subject, String description, Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("subject", subject);
    all.put("description", description.strip());
    all.put("problemSource", "reactive");
    return course.then(who, () -> tickets.create("problem", all).key());
  }

  private void incidents(Course course, String who, String key) {
    course.then(
        who,
        () -> {
          course.incidents().forEach(incident -> tickets.link(key, CAUSES, incident));
          return null;
        });
  }

  private void move(
      Course course, String who, String key, String transition, Map<String, Object> changes) {
    course.then(who, () -> tickets.transition(key, transition, changes, null));
  }

  private void change(Course course, String who, String key, Map<String, Object> changes) {
    course.then(who, () -> tickets.update(key, tickets.get(key).version(), changes));
  }

  private static String day(Context context, int ahead) {
    return context.now().atZone(ZoneOffset.UTC).toLocalDate().plusDays(ahead).toString();
  }
}
