/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

/**
 * What is measured.
 *
 * @param name as reports call it
 */
record Scenario(String name, Load.Clients clients) {}
