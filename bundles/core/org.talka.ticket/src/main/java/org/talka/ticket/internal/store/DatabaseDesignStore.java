/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Database;
import org.talka.ticket.internal.design.DesignJson;
import org.talka.ticket.internal.design.DesignStore;
import org.talka.ticket.internal.design.Designs;
import org.talka.ticket.internal.design.FieldDesign;
import org.talka.ticket.internal.design.PublishedWorkflow;
import org.talka.ticket.internal.design.Setting;
import org.talka.ticket.internal.design.TypeDesign;

/** Keeps the wishes of administrators in the desk's database. */
@Component
public class DatabaseDesignStore implements DesignStore {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseDesignStore.class);

  private final Database database;

  @Activate
  public DatabaseDesignStore(@Reference(target = "(talka.unit=ticket)") Database database) {
    this.database = database;
  }

  @Override
  public Designs all() {
    Map<String, FieldDesign> fields = new LinkedHashMap<>();
    Map<String, TypeDesign> types = new LinkedHashMap<>();
    Map<String, PublishedWorkflow> workflows = new LinkedHashMap<>();
    database.read(
        em -> {
          em.createNamedQuery("SettingRow.all", SettingRow.class).getResultList().stream()
              .map(SettingRow::setting)
              .forEach(
                  setting -> reading(setting.key().toString(), () -> read(setting, fields, types)));
          em.createNamedQuery("WorkflowVersionRow.current", WorkflowVersionRow.class)
              .getResultList()
              .forEach(
                  row ->
                      reading(row.workflow(), () -> workflows.put(row.workflow(), row.version())));
          return null;
        });
    return new Designs(fields, types, workflows);
  }

  private static void read(
      Setting setting, Map<String, FieldDesign> fields, Map<String, TypeDesign> types) {
    switch (setting.key().kind()) {
      case FIELD ->
          fields.put(setting.key().name(), DesignJson.read(setting.body(), FieldDesign.class));
      case TYPE ->
          types.put(setting.key().name(), DesignJson.read(setting.body(), TypeDesign.class));
      case WORKFLOW -> {
        // a draft is in effect for nobody
      }
    }
  }

  /** One that is broken must not take the whole desk along. */
  private static void reading(String what, Runnable read) {
    try {
      read.run();
    } catch (IllegalStateException broken) {
      LOG.error("The setting of {} can't be read and has no effect", what, broken);
    }
  }

  @Override
  public Optional<Setting> find(Setting.Key key) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(SettingRow.class, new SettingRow.Key(key)))
                .map(SettingRow::setting));
  }

  @Override
  public Map<String, Long> versionsOf(Setting.Kind kind) {
    Map<String, Long> versions = new HashMap<>();
    database.read(
        em -> {
          em.createQuery(
                  "select s.key, s.version from SettingRow s where s.kind = :kind", Object[].class)
              .setParameter("kind", kind.name())
              .getResultList()
              .forEach(row -> versions.put((String) row[0], (Long) row[1]));
          return null;
        });
    return versions;
  }

  @Override
  public Optional<Setting> lock(Setting.Key key) {
    return database.write(
        em ->
            Optional.ofNullable(
                    em.find(
                        SettingRow.class, new SettingRow.Key(key), LockModeType.PESSIMISTIC_WRITE))
                .map(SettingRow::setting));
  }

  @Override
  public void save(Setting setting) {
    database.write(
        em -> {
          SettingRow row = em.find(SettingRow.class, new SettingRow.Key(setting.key()));
          if (row == null) {
            em.persist(new SettingRow(setting));
          } else {
            row.take(setting);
          }
          return null;
        });
  }

  @Override
  public void remove(Setting.Key key) {
    database.write(
        em -> {
          Optional.ofNullable(em.find(SettingRow.class, new SettingRow.Key(key)))
              .ifPresent(em::remove);
          return null;
        });
  }

  @Override
  public List<PublishedWorkflow> versions(String workflow) {
    return database.read(
        em ->
            em
                .createNamedQuery("WorkflowVersionRow.of", WorkflowVersionRow.class)
                .setParameter("workflow", workflow)
                .getResultList()
                .stream()
                .map(WorkflowVersionRow::version)
                .toList());
  }

  @Override
  public void add(PublishedWorkflow version) {
    database.write(
        em -> {
          em.persist(new WorkflowVersionRow(version));
          return null;
        });
  }

  @Override
  public void forget(String workflow) {
    database.write(
        em -> {
          em.createNamedQuery("WorkflowVersionRow.of", WorkflowVersionRow.class)
              .setParameter("workflow", workflow)
              .getResultList()
              .forEach(em::remove);
          return null;
        });
  }

  @Override
  public void takeBack(String workflow, int number, PublishedWorkflow.TakenBack takenBack) {
    database.write(
        em -> {
          em.find(WorkflowVersionRow.class, new WorkflowVersionRow.Key(workflow, number))
              .takeBack(takenBack);
          return null;
        });
  }
}
