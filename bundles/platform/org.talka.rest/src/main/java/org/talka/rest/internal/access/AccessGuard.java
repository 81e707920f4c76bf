/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.access;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Set;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.rest.internal.door.RequestFacts;
import org.talka.security.OpenPortal;

/** Lets the right callers through to one resource method. */
final class AccessGuard implements ContainerRequestFilter {
  private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Access access;
  private final boolean reads;
  private final Callers callers;
  private final OpenPortal portal;

  /**
   * @param reads whether the method changes nothing, whatever its HTTP method
   */
  AccessGuard(Access access, boolean reads, Callers callers, OpenPortal portal) {
    this.access = access;
    this.reads = reads;
    this.callers = callers;
    this.portal = portal;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller = callers.current();
    check(access, caller, portal);
    if (caller.readsOnly() && !reads && !SAFE.contains(request.getMethod())) {
      throw DomainException.forbidden("error.rest.reads-only");
    }
    if (caller.kind() == Caller.Kind.ANONYMOUS
        && access instanceof Access.ToVisitors visitors
        && visitors.search()) {
      portal.search(String.valueOf(request.getProperty(RequestFacts.ADDRESS)));
    }
  }

  static void check(Access access, Caller caller, OpenPortal portal) {
    if (access instanceof Access.ToAnybody) {
      return;
    }
    if (caller.kind() == Caller.Kind.ANONYMOUS) {
      if (access instanceof Access.ToVisitors && portal.open()) {
        return;
      }
      throw DomainException.of(ErrorKind.UNAUTHENTICATED, "error.rest.not-signed-in");
    }
    if (access instanceof Access.ToSignedIn || access instanceof Access.ToVisitors) {
      return;
    }
    if (access instanceof Access.ToHolders holders && caller.may(holders.permission())) {
      return;
    }
    throw DomainException.forbidden("error.rest.not-allowed");
  }
}
