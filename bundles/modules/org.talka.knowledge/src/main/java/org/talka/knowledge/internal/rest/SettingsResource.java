/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Settings;
import org.talka.knowledge.internal.service.Choices;
import org.talka.knowledge.internal.service.Library;

/** How the desk keeps its knowledge. */
@Component(service = SettingsResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.MANAGE)
public class SettingsResource {
  private final Library library;
  private final Choices choices;

  @Activate
  public SettingsResource(@Reference Library library, @Reference Choices choices) {
    this.library = library;
    this.choices = choices;
  }

  @GET
  @Operation(value = "Read the settings", answers = Settings.class)
  public Settings read() {
    return library.settings();
  }

  @PATCH
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(value = "Change settings", answers = Settings.class)
  public Settings change(Map<String, Object> values) {
    return choices.change(values);
  }
}
