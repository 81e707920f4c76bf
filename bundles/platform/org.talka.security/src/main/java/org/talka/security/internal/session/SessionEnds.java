/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.security.SessionEnd;

/** Tells everybody who wants to know that a session ended. */
@Component(service = SessionEnds.class)
public class SessionEnds {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEnds.class);

  /** Listeners come and go without taking the sessions with them: a field, replaced as a whole. */
  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile List<SessionEnd> listeners;

  @Activate
  public SessionEnds() {
    this(List.of());
  }

  public SessionEnds(List<SessionEnd> listeners) {
    this.listeners = listeners;
  }

  void ended(String sessionId) {
    for (SessionEnd listener : listeners) {
      try {
        listener.ended(sessionId);
      } catch (RuntimeException e) {
        LOG.error("{} failed to end what belongs to a session", listener.getClass().getName(), e);
      }
    }
  }
}
