/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.access;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Optional;
import org.talka.api.rest.Operation;
import org.talka.api.security.Callers;
import org.talka.security.OpenPortal;

/**
 * Puts a guard before every resource method. The decision is made once, when the application is
 * built; a request costs one comparison.
 */
public final class AccessFeature implements DynamicFeature {
  private final Callers callers;
  private final OpenPortal portal;

  public AccessFeature(Callers callers, OpenPortal portal) {
    this.callers = callers;
    this.portal = portal;
  }

  @Override
  public void configure(ResourceInfo info, FeatureContext context) {
    Access access =
        info.getResourceMethod() == null || info.getResourceClass() == null
            ? new Access.ToNobody()
            : Access.of(info.getResourceClass(), info.getResourceMethod());
    if (!(access instanceof Access.ToAnybody)) {
      context.register(
          new AccessGuard(access, reads(info), callers, portal), Priorities.AUTHORIZATION);
    }
  }

  private static boolean reads(ResourceInfo info) {
    return Optional.ofNullable(info.getResourceMethod())
        .map(method -> method.getAnnotation(Operation.class))
        .map(Operation::reads)
        .orElse(false);
  }
}
