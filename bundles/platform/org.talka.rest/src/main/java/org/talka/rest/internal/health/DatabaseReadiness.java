/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import java.util.Map;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.module.ReadinessCheck;
import org.talka.persistence.DatabaseStatus;

/** Ready when the database answers. */
@Component
public final class DatabaseReadiness implements ReadinessCheck {
  private final DatabaseStatus status;

  @Activate
  public DatabaseReadiness(@Reference DatabaseStatus status) {
    this.status = status;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public boolean ready() {
    return status.reachable();
  }

  @Override
  public Map<String, String> detail() {
    Map<String, String> detail = new TreeMap<>();
    detail.put("product", status.name());
    status.trouble().ifPresent(trouble -> detail.put("trouble", trouble));
    status.unitTrouble().forEach((unit, trouble) -> detail.put("unit." + unit, trouble));
    return detail;
  }
}
