/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import org.osgi.service.component.annotations.Component;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.rule.MarkdownBody;
import org.talka.ticket.internal.rule.Refusals;

/** What a comment's text must be. */
@Component(service = CommentRules.class)
public class CommentRules {
  /**
   * @param field the name under which the text was given
   */
  String check(String text, String field, Refusals refusals) {
    if (text == null || text.isBlank()) {
      refusals.add(field, "error.ticket.field.required");
      return "";
    }
    return MarkdownBody.check(text, BuiltIns.MARKDOWN_MAX, field, refusals);
  }
}
