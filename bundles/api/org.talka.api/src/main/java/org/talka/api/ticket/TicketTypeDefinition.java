/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;

/**
 * A record type, named {@code type.<key>} and {@code type.<key>.plural}.
 *
 * @param key lower-case, unique in the desk
 * @param prefix of its number series, two to five capitals, unique in the desk
 * @param icon a name from the web UI's icon set
 * @param workflow the key of a {@link WorkflowDefinition} of the same module
 * @param portal whether requesters may create it
 * @param form the create form, also the order of the properties panel
 * @param portalForm what requesters fill in; {@code form} when empty
 */
public record TicketTypeDefinition(
    String key,
    String prefix,
    String icon,
    String workflow,
    boolean portal,
    List<FormSection> form,
    List<FormSection> portalForm) {
  public TicketTypeDefinition {
    form = form == null ? List.of() : List.copyOf(form);
    portalForm = portalForm == null ? List.of() : List.copyOf(portalForm);
  }
}
