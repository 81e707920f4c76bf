/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.talka.api.notification.Notification;
import org.talka.api.notification.Notifications;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.PersonId;
import org.talka.event.StreamBroadcast;
import org.talka.security.Colleagues;
import org.talka.ticket.internal.store.NoticeStore;

/** What one module tells people: the one whose bundle took the service. */
@Component(service = Notifications.class, scope = ServiceScope.BUNDLE)
public class ModuleNotifications implements Notifications {
  private static final String HEADER = "Talka-Module";
  private static final int MANY = 200;
  private static final int MAX_RECORD = 60;
  private static final int MAX_ADDRESS = 250;
  private static final int MAX_TEXT = 1_500;

  private final String module;
  private final NoticeStore store;
  private final Colleagues colleagues;
  private final Transactions transactions;
  private final StreamBroadcast stream;

  @Activate
  public ModuleNotifications(
      ComponentContext context,
      @Reference NoticeStore store,
      @Reference Colleagues colleagues,
      @Reference Transactions transactions,
      @Reference StreamBroadcast stream) {
    this(moduleOf(context.getUsingBundle()), store, colleagues, transactions, stream);
  }

  ModuleNotifications(
      String module,
      NoticeStore store,
      Colleagues colleagues,
      Transactions transactions,
      StreamBroadcast stream) {
    this.module = module;
    this.store = store;
    this.colleagues = colleagues;
    this.transactions = transactions;
    this.stream = stream;
  }

  private static String moduleOf(Bundle bundle) {
    String header = bundle.getHeaders("").get(HEADER);
    return header == null ? "core" : header.split(";", 2)[0].trim();
  }

  @Override
  public int tell(Collection<PersonId> people, Notification notification) {
    RecordNews news = news(notification);
    return transactions.required(
        () -> {
          Set<PersonId> wanting = new LinkedHashSet<>(people);
          wanting.removeIf(person -> colleagues.caller(person).isEmpty());
          Map<PersonId, Set<NoticeKind>> choices = store.choices(wanting);
          wanting.removeIf(
              person ->
                  !choices
                      .getOrDefault(person, NoticeKind.byDefault())
                      .contains(NoticeKind.RECORD));
          store.tell(wanting, news, Instant.now().truncatedTo(ChronoUnit.MICROS));
          if (!wanting.isEmpty()) {
            transactions.afterCommit(() -> stream.send(wanting, "notice", Map.of()));
          }
          return wanting.size();
        });
  }

  @Override
  public int tellHolders(String permission, Notification notification) {
    return tell(colleagues.holders(permission, MANY), notification);
  }

  private RecordNews news(Notification told) {
    int words =
        told.text().args().entrySet().stream()
            .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
            .sum();
    if (told.record().length() > MAX_RECORD
        || told.address().length() > MAX_ADDRESS
        || told.text().key().length() + words > MAX_TEXT) {
      throw new IllegalArgumentException("Too long to be told: " + told.record());
    }
    return new RecordNews(module, told.record(), told.text(), told.address());
  }
}
