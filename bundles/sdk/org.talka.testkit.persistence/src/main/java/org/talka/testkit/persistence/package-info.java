/* SPDX-License-Identifier: Apache-2.0 */
/** Runs a bundle's persistence tests on every database that the desk supports. */
package org.talka.testkit.persistence;
