/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.ticket.Ticket;

/** Adds words under which a ticket is found; called when the ticket is indexed. */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.OBSERVER, budgetMillis = 100)
public interface SearchContributor {
  void contribute(Context context);

  @ProviderType
  interface Context {
    Ticket ticket();

    /**
     * @param internal whether only people who may read internal notes find the ticket by it
     */
    void addText(String text, boolean internal);
  }
}
