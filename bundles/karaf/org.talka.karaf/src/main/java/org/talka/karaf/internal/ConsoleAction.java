/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.support.CommandException;
import org.talka.api.error.DomainException;
import org.talka.api.security.Callers;
import org.talka.api.text.Translator;

/**
 * What all commands share: they act as the console, which is known only to people with the admin
 * role, and a refusal is said in a sentence.
 */
abstract class ConsoleAction implements Action {
  /** The console speaks English, as Karaf does. */
  static final Locale LOCALE = Locale.ENGLISH;

  @Reference private Callers callers;
  @Reference private Translator translator;

  @Override
  public final Object execute() throws Exception {
    try {
      callers.as(
          callers.system("console"),
          () -> {
            run();
            return null;
          });
      return null;
    } catch (DomainException refused) {
      throw inOneSentence(words(refused));
    } catch (CommandRefusal refused) {
      throw inOneSentence(refused.getMessage());
    }
  }

  /** Karaf prints its own exceptions without a stack trace, and does not take them for errors. */
  private static CommandException inOneSentence(String sentence) {
    return new CommandException(sentence, sentence);
  }

  private String words(DomainException refused) {
    if (refused.fieldErrors().isEmpty()) {
      return translator.translate(refused.text(), LOCALE);
    }
    return refused.fieldErrors().stream()
        .map(error -> error.field() + ": " + translator.translate(error.message(), LOCALE))
        .collect(Collectors.joining("\n"));
  }

  /** Does the work and prints what there is to say. */
  abstract void run();
}
