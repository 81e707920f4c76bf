/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.reply.CannedReply;

/** The rows of canned replies. */
@Component(service = ReplyStore.class)
public class ReplyStore extends SharedRows<ReplyRow, CannedReply> {
  @Activate
  public ReplyStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    super(database, ReplyRow.class, ReplyRow::new, ReplyRow::reply, ReplyRow::take);
  }
}
