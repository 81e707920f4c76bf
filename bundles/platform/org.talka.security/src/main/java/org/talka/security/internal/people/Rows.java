/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/** Rows by their natural keys. */
final class Rows {
  private Rows() {}

  static Optional<PersonRow> person(EntityManager em, String username) {
    return em.createQuery("select p from PersonRow p where p.username = :name", PersonRow.class)
        .setParameter("name", username)
        .getResultStream()
        .findFirst();
  }

  static Optional<TeamRow> team(EntityManager em, String key) {
    return em.createQuery("select t from TeamRow t where t.teamKey = :name", TeamRow.class)
        .setParameter("name", key)
        .getResultStream()
        .findFirst();
  }

  static Optional<OrganisationRow> organisation(EntityManager em, String key) {
    return em.createQuery(
            "select o from OrganisationRow o where o.orgKey = :name", OrganisationRow.class)
        .setParameter("name", key)
        .getResultStream()
        .findFirst();
  }

  static Grants grants(EntityManager em) {
    return Grants.of(
        em.createQuery("select g from RoleGrantRow g", RoleGrantRow.class).getResultList());
  }
}
