/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource whose author forgot to say who may call it. */
@Path("forgotten")
public class Forgotten {
  @GET
  public String get() {
    return "should not be seen";
  }
}
