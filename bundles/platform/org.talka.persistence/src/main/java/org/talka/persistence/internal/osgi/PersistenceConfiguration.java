/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration under {@code org.talka} (data) and {@code org.talka.persistence} (the rest). */
@ObjectClassDefinition(
    pid = "org.talka.persistence",
    name = "Talka persistence",
    description = "The database. Without a URL it is Derby in the data folder.")
@interface PersistenceConfiguration {
  @AttributeDefinition(
      name = "Data folder",
      description = "Everything that the desk keeps; set it in org.talka.")
  String data() default "";

  @AttributeDefinition(
      name = "Database URL",
      description = "jdbc:postgresql://host:5432/talka; empty for Derby in the data folder")
  String url() default "";

  @AttributeDefinition(name = "User")
  String user() default "";

  @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD)
  String password() default "";

  @AttributeDefinition(name = "Connections", description = "The most that are open at once")
  int connections() default 20;

  @AttributeDefinition(
      name = "Statement time-out",
      description = "In seconds, after which a statement is given up")
  int statement_timeout() default 30;
}
