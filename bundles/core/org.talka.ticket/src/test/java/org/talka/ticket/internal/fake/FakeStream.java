/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.talka.api.security.PersonId;
import org.talka.event.StreamBroadcast;

/** Remembers who was told what. */
public final class FakeStream implements StreamBroadcast {
  /** A line for each message: the event, to whom, and what. */
  public final List<String> sent = new ArrayList<>();

  @Override
  public synchronized void send(String event, Map<String, Object> data) {
    sent.add(event + " to all " + data);
  }

  @Override
  public synchronized void send(Set<PersonId> people, String event, Map<String, Object> data) {
    Set<Long> ids = new TreeSet<>();
    people.forEach(person -> ids.add(person.value()));
    sent.add(event + " to " + ids + " " + data);
  }
}
