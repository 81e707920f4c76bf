/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.security.Caller;

/**
 * Answers what people ask in the portal before they write to the desk: articles, known errors,
 * news. Called on the thread of a request while somebody types, so it has to be fast; one that
 * fails or is late is left out, and the others answer.
 *
 * <p>Who has not signed in is answered only by services with the property {@value #PUBLIC} set to
 * {@code true}, and only while an administrator shows the portal to everybody. Such a service looks
 * at {@link Context#caller()} and gives an anonymous one nothing that is not public.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 150)
public interface PortalSearch {
  /** Service property: {@code true} for one that answers visitors, too. */
  String PUBLIC = "talka.portal.public";

  /**
   * @return the best first, at most {@link Context#limit()}; nothing is an answer, too
   */
  List<PortalFind> find(Context context);

  @ProviderType
  interface Context {
    /** Who asks; of the kind {@code ANONYMOUS} when nobody is signed in. */
    Caller caller();

    /** What was typed, at least a few letters and at most 200. */
    String words();

    int limit();
  }
}
