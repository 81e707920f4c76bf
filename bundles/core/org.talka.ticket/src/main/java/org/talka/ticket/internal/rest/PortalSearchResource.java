/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.search.PortalFind;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.portal.PortalAnswers;

/**
 * What modules answer to a question in the portal; one's own tickets are found by {@code /search}.
 */
@Component(service = PortalSearchResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("portal/search")
@Produces(MediaType.APPLICATION_JSON)
public class PortalSearchResource {
  private static final int MOST = 20;

  private final PortalAnswers answers;

  @Activate
  public PortalSearchResource(@Reference PortalAnswers answers) {
    this.answers = answers;
  }

  @GET
  @Open(portal = true, search = true)
  @Operation(
      value = "Find what answers a question in the portal",
      answers = FindView.class,
      paged = true)
  public PageAnswer<FindView> find(
      @QueryParam("q") String words, @QueryParam("limit") String limit) {
    int most = Math.min(MOST, PageParameters.limit(limit));
    return PageAnswer.whole(
        answers.find(words == null ? "" : words, most).stream().map(FindView::of).toList());
  }

  /**
   * An answer.
   *
   * @param address a page of the portal
   */
  public record FindView(String title, String summary, String address, String icon) {
    static FindView of(PortalFind find) {
      return new FindView(
          find.title(),
          find.summary() == null ? "" : find.summary(),
          find.address(),
          find.icon() == null ? "" : find.icon());
    }
  }
}
