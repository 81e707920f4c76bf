/* SPDX-License-Identifier: Apache-2.0 */
/** The command {@code talka module}: for those who make modules, and for those who check them. */
package org.talka.module.tool;
