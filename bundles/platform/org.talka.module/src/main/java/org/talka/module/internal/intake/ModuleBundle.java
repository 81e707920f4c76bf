/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

/**
 * One bundle of a module.
 *
 * @param digest SHA-256 of its JAR in lower-case hexadecimal
 * @param content its JAR
 */
public record ModuleBundle(String symbolicName, String version, String digest, byte[] content) {}
