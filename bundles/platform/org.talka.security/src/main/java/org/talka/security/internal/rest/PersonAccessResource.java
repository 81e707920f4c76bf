/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Audit;
import org.talka.security.GrantBook;
import org.talka.security.GrantSource;
import org.talka.security.PermissionGrant;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.PeopleSearch;
import org.talka.security.internal.people.Profile;

/** What a person may, and by which roles. Looking is on record. */
@Component(service = PersonAccessResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("users/{username}/access")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("access:explain")
public class PersonAccessResource {
  private final GrantBook book;
  private final PeopleSearch search;
  private final Directory directory;
  private final Audit audit;

  @Activate
  public PersonAccessResource(
      @Reference GrantBook book,
      @Reference PeopleSearch search,
      @Reference Directory directory,
      @Reference Audit audit) {
    this.book = book;
    this.search = search;
    this.directory = directory;
    this.audit = audit;
  }

  /**
   * What a person may. While the account is closed nothing of it counts.
   *
   * @param permissions all that are declared now, by their keys
   */
  public record PersonAccess(PersonView person, List<GrantView> permissions) {}

  /**
   * How far a permission reaches for the person.
   *
   * @param permission named {@code permission.<key>} in the catalogues of words
   * @param module who declares it
   * @param reach none, own, team, organisation or all: the widest of {@code by}
   * @param by the person's roles that give it
   * @param others roles that would give it
   */
  public record GrantView(
      String permission,
      String module,
      String reach,
      List<SourceView> by,
      List<SourceView> others) {
    static GrantView of(PermissionGrant grant) {
      return new GrantView(
          grant.permission(),
          grant.module(),
          Reaches.name(grant.reach()),
          grant.by().stream().map(SourceView::of).toList(),
          grant.others().stream().map(SourceView::of).toList());
    }
  }

  /**
   * A role that gives a permission.
   *
   * @param name null for roles of the box, which are named {@code role.<key>} in the catalogues
   * @param origin declared, decided (by an administrator) or everything (the role has all)
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record SourceView(String role, String name, String reach, String origin) {
    static SourceView of(GrantSource source) {
      return new SourceView(
          source.role(),
          source.name().orElse(null),
          Reaches.name(source.reach()),
          source.origin().name().toLowerCase(Locale.ROOT));
    }
  }

  @GET
  @Operation(value = "Show what a person may, and by which roles", answers = PersonAccess.class)
  public PersonAccess get(@PathParam("username") String username) {
    Profile profile = search.person(username);
    audit.recordAlways("access.explained", "person:" + profile.person().username(), Map.of());
    return new PersonAccess(
        PersonView.of(profile, directory),
        book.of(profile.person().id()).stream().map(GrantView::of).toList());
  }
}
