/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

/**
 * Who vouches for a module's archive.
 *
 * @param verdict {@code FIRST_PARTY}, {@code SIGNED}, {@code UNSIGNED}, {@code UNKNOWN_KEY}, {@code
 *     PREFIX_NOT_ALLOWED}, {@code WRONG_SIGNATURE} or {@code DIGEST_MISMATCH}
 * @param text the same in a sentence, in the reader's language
 */
public record ModuleSignature(String verdict, String text) {}
