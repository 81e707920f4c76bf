/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.view.SavedView;

/** The rows of saved views. */
@Component(service = ViewStore.class)
public class ViewStore extends SharedRows<ViewRow, SavedView> {
  @Activate
  public ViewStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    super(database, ViewRow.class, ViewRow::new, ViewRow::view, ViewRow::take);
  }
}
