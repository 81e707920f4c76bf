/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.index;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.module.ReadinessCheck;
import org.talka.search.SearchIndex;

/** The desk is ready when the search index holds all tickets: before, lists would lack some. */
@Component
public class IndexReadiness implements ReadinessCheck {
  private final IndexProgress progress;
  private final SearchIndex index;

  @Activate
  public IndexReadiness(@Reference IndexProgress progress, @Reference SearchIndex index) {
    this.progress = progress;
    this.index = index;
  }

  @Override
  public String name() {
    return "ticket-index";
  }

  @Override
  public boolean ready() {
    return progress.ready();
  }

  @Override
  public Map<String, String> detail() {
    return Map.of("documents", Long.toString(index.size()));
  }
}
