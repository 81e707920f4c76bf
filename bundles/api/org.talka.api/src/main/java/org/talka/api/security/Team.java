/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

/** A group of people that tickets are assigned to. */
public record Team(TeamId id, String key, String name) {}
