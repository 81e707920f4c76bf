/* SPDX-License-Identifier: Apache-2.0 */
/** Says who calls in a bundle's tests, and what they may. */
package org.talka.testkit.security;
