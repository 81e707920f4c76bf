/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.knowledge.internal.store.ArticleStore;

/**
 * What this desk is called in archives, so that another one knows its articles again: a random name
 * that is made when it is first needed and goes where the database goes.
 */
@Component(service = Origin.class)
public class Origin {
  private static final String SETTING = "archive.desk";

  private final ArticleStore store;
  private final Transactions transactions;

  @Activate
  public Origin(@Reference ArticleStore store, @Reference Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  String name() {
    return transactions.required(
        () -> {
          String known = store.settings().get(SETTING);
          if (known != null) {
            return known;
          }
          String name = UUID.randomUUID().toString();
          store.set(SETTING, name);
          return name;
        });
  }
}
