/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.notification;

import org.talka.api.text.Text;

/**
 * What somebody is told of a record of a module.
 *
 * @param record what the module calls it, at most 60 characters, for example {@code KB-000012}
 * @param text one sentence, put into words for each reader when it is read; with its values at most
 *     1500 characters. It stays for a while, so nothing that the reader may not know later
 * @param address of the record's page below {@code /app/m/<module>/}, at most 250 characters, for
 *     example {@code knowledge.articles/KB-000012}
 */
public record Notification(String record, Text text, String address) {}
