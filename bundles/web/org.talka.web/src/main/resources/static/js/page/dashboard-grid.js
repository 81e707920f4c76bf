// SPDX-License-Identifier: Apache-2.0
/**
 * The grid of a dashboard: where widgets go when one of them is moved. Nothing here touches the
 * page. Widgets fall upwards until they meet the edge or another, so no hole has to be filled by
 * hand.
 *
 * @typedef {{id: string, column: number, row: number, width: number, height: number}} Box
 */

export const COLUMNS = 12;
export const TALLEST = 12;

/** @param {Box} a @param {Box} b */
export const overlap = (a, b) =>
  a.column < b.column + b.width && b.column < a.column + a.width && a.row < b.row + b.height && b.row < a.row + a.height;

const between = (/** @type {number} */ n, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, n));

/** @template {Box} T @param {T[]} boxes @returns {T[]} as people read: from the top, from the left */
export const reading = (boxes) => [...boxes].sort((a, b) => a.row - b.row || a.column - b.column);

/** @template {Box} T @param {T[]} boxes @returns {T[]} */
function fall(boxes) {
  /** @type {T[]} */
  const done = [];
  for (const box of reading(boxes)) {
    let row = box.row;
    while (row > 0 && !done.some((other) => overlap({ ...box, row: row - 1 }, other))) row--;
    done.push({ ...box, row });
  }
  return done;
}

/**
 * Puts one where it shall be; what lies there moves down.
 * @template {Box} T @param {T[]} boxes @param {string} id @param {Partial<Box>} to
 * @returns {T[]} in the order of the given ones
 */
export function arrange(boxes, id, to) {
  const it = boxes.find((box) => box.id === id);
  if (!it) return boxes;
  const width = between(to.width ?? it.width, 1, COLUMNS);
  const moved = {
    ...it, width, height: between(to.height ?? it.height, 1, TALLEST),
    column: between(to.column ?? it.column, 0, COLUMNS - width), row: Math.max(0, to.row ?? it.row),
  };
  /** @type {T[]} */
  const placed = [moved];
  for (const box of reading(boxes)) {
    if (box.id === id) continue;
    let row = box.row;
    for (let hit; (hit = placed.find((other) => overlap({ ...box, row }, other))); ) row = hit.row + hit.height;
    placed.push({ ...box, row });
  }
  const done = new Map(fall(placed).map((box) => [box.id, box]));
  return boxes.map((box) => /** @type {T} */ (done.get(box.id)));
}

const shares = (/** @type {number} */ a, /** @type {number} */ m, /** @type {number} */ b, /** @type {number} */ n) => a < b + n && b < a + m;

/**
 * One step by keyboard or menu: past the neighbour in that direction, or by one column where there
 * is none.
 * @template {Box} T @param {T[]} boxes @param {string} id @param {"left" | "right" | "up" | "down"} way
 * @returns {T[]} the same ones when it can't go further
 */
export function step(boxes, id, way) {
  const it = boxes.find((box) => box.id === id);
  if (!it) return boxes;
  const others = boxes.filter((box) => box.id !== id);
  if (way === "up" || way === "down") {
    const over = others.filter((box) => shares(box.column, box.width, it.column, it.width)
      && (way === "up" ? box.row < it.row : box.row >= it.row + it.height));
    if (!over.length) return boxes;
    const next = reading(over)[way === "up" ? over.length - 1 : 0];
    return arrange(boxes, id, { row: way === "up" ? next.row : next.row + next.height });
  }
  const right = way === "right";
  if (right ? it.column + it.width >= COLUMNS : it.column === 0) return boxes;
  const next = reading(others).find((box) => shares(box.row, box.height, it.row, it.height)
    && (right ? box.column === it.column + it.width : box.column + box.width === it.column));
  if (!next) return arrange(boxes, id, { column: it.column + (right ? 1 : -1) });
  // they change places
  const swapped = boxes.map((box) => (box.id === next.id ? { ...box, column: right ? it.column : it.column + it.width - box.width } : box));
  return arrange(swapped, id, { column: right ? next.column + next.width - it.width : next.column });
}

/**
 * The first place from the top where something of this size fits.
 * @param {Box[]} boxes @param {number} width @param {number} height
 */
export function free(boxes, width, height) {
  for (let row = 0; ; row++) {
    for (let column = 0; column + width <= COLUMNS; column++) {
      const box = { id: "", column, row, width, height };
      if (!boxes.some((other) => overlap(box, other))) return { column, row, width, height };
    }
  }
}
