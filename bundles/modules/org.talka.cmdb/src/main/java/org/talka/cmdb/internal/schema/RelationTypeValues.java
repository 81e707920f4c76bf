/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.Map;

/** What is asked of a relation type; what is null stays, or is as usual for a new one. */
public record RelationTypeValues(
    String key,
    Map<String, String> names,
    Map<String, String> inverse,
    String source,
    String target,
    String cardinality,
    String impact,
    String policy,
    Integer amount,
    Boolean retired) {}
