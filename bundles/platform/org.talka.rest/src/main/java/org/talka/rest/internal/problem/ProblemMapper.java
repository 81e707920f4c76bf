/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.talka.api.security.Callers;
import org.talka.rest.internal.door.RequestFacts;

/** Every exception out of a resource becomes a problem document. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private final Problems problems;
  private final Callers callers;
  @Context private HttpServletRequest request;

  public ProblemMapper(Problems problems, Callers callers) {
    this.problems = problems;
    this.callers = callers;
  }

  @Override
  public Response toResponse(Throwable failure) {
    Problem problem = problems.problem(failure, request.getMethod(), request.getRequestURI());
    return problems.response(
        problem,
        callers.current().locale(),
        request.getRequestURI(),
        RequestFacts.correlationId(request));
  }
}
