/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import org.apache.lucene.search.FieldDoc;

/**
 * Where in the answer a hit stands.
 *
 * @param stretch among which documents it was ranked
 * @param values what it is sorted by, within the stretch
 */
record Place(Stretch stretch, FieldDoc values) {}
