/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

/**
 * An archive as it came in.
 *
 * @param digest SHA-256 of the content, in lower-case hexadecimal
 */
public record Artifact(String digest, String module, String version, String name, byte[] content) {}
