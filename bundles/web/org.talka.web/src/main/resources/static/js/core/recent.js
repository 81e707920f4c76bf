// SPDX-License-Identifier: Apache-2.0
/** The tickets a person looked at last, for the command palette. */
import { desk } from "./desk.js";

const MOST = 12;
const name = () => `talka.recent.${desk.me?.username ?? ""}`;

/** @returns {{key: string, subject: string, type: string}[]} */
export function recent() {
  try {
    return JSON.parse(localStorage.getItem(name()) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {{key: string, subject: string, type: string}} ticket */
export function remember({ key, subject, type }) {
  try {
    const others = recent().filter((r) => r.key !== key);
    localStorage.setItem(name(), JSON.stringify([{ key, subject, type }, ...others].slice(0, MOST)));
  } catch {
    // recent tickets are a convenience only
  }
}
