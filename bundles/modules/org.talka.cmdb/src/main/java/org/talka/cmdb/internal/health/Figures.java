/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.health;

/**
 * How well the items of one owner are recorded; what is retired is not counted.
 *
 * @param owner {@value #NOBODY} for items without an owner
 * @param complete somebody looks after it, its required attributes are there, and so is an identity
 *     key
 * @param stale nobody has verified it and no source has seen it for half a year
 * @param orphans related to nothing
 * @param duplicates that an identity key can't tell from another item
 * @param breaches that break an audit rule
 */
public record Figures(
    long owner, int items, int complete, int stale, int orphans, int duplicates, int breaches) {
  public static final long NOBODY = -1;

  static Figures none(long owner) {
    return new Figures(owner, 0, 0, 0, 0, 0, 0);
  }

  Figures plus(
      boolean isComplete,
      boolean isStale,
      boolean isOrphan,
      boolean isDuplicate,
      boolean isBreach) {
    return new Figures(
        owner,
        items + 1,
        complete + (isComplete ? 1 : 0),
        stale + (isStale ? 1 : 0),
        orphans + (isOrphan ? 1 : 0),
        duplicates + (isDuplicate ? 1 : 0),
        breaches + (isBreach ? 1 : 0));
  }

  /** Both together, under the owner of this one. */
  public Figures plus(Figures other) {
    return new Figures(
        owner,
        items + other.items,
        complete + other.complete,
        stale + other.stale,
        orphans + other.orphans,
        duplicates + other.duplicates,
        breaches + other.breaches);
  }
}
