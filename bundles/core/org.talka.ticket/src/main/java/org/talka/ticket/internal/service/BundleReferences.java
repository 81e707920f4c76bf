/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.talka.api.ticket.TicketReference;
import org.talka.api.ticket.TicketReferences;
import org.talka.ticket.internal.store.ReferenceStore;
import org.talka.ticket.internal.store.ReferenceStore.Kept;

/** References as one module sees them: the one whose bundle took the service. */
@Component(service = TicketReferences.class, scope = ServiceScope.BUNDLE)
public class BundleReferences implements TicketReferences {
  private static final String HEADER = "Talka-Module";

  private final String module;
  private final References references;
  private final ReferenceStore store;

  @Activate
  public BundleReferences(
      ComponentContext context, @Reference References references, @Reference ReferenceStore store) {
    this(moduleOf(context.getUsingBundle()), references, store);
  }

  private static String moduleOf(Bundle bundle) {
    String header = bundle.getHeaders("").get(HEADER);
    return header == null ? "core" : header.split(";", 2)[0].trim();
  }

  BundleReferences(String module, References references, ReferenceStore store) {
    this.module = module;
    this.references = references;
    this.store = store;
  }

  @Override
  public void add(String ticketKey, TicketReference reference) {
    references.add(ticketKey, module, reference);
  }

  @Override
  public void remove(String ticketKey, String record) {
    references.remove(ticketKey, module, record);
  }

  @Override
  public List<TicketReference> of(String ticketKey) {
    return references.of(ticketKey).stream()
        .filter(kept -> kept.module().equals(module))
        .map(Kept::reference)
        .toList();
  }

  @Override
  public void retitle(String record, String title, boolean internal) {
    store.retitle(module, record, title, internal);
  }
}
