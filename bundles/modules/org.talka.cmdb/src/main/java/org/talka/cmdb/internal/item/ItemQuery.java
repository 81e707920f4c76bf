/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.item;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which items a list shows.
 *
 * @param words that an item has, or words that begin so; all of them
 * @param classes any of them; empty for all
 * @param verified whether somebody ever said that what is recorded is true
 * @param latest the latest changed first, otherwise by name
 * @param after what the page before ended with
 */
public record ItemQuery(
    List<String> words,
    Set<String> classes,
    Optional<String> status,
    OptionalLong owner,
    OptionalLong team,
    Optional<Boolean> verified,
    Sight sight,
    boolean latest,
    int limit,
    Optional<String> after) {}
