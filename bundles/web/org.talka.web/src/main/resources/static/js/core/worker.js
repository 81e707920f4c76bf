// SPDX-License-Identifier: Apache-2.0
/** Keeps a page in the browser that is shown when the desk can't be reached. */

const WORKER = "/sw.js";

const policy = globalThis.trustedTypes?.createPolicy("talka-worker", {
  // the one address that a worker of ours can have
  createScriptURL: () => WORKER,
});

/** Where workers are possible: over HTTPS, and on this machine. */
export async function keepOfflinePage() {
  if (!navigator.serviceWorker) return;
  const script = /** @type {any} */ (policy ? policy.createScriptURL(WORKER) : WORKER);
  try {
    await navigator.serviceWorker.register(script, { scope: "/", updateViaCache: "none" });
  } catch {
    if (await refused()) await leave();
  }
}

/** Whether the server answers that there is no worker; a server that does not answer says nothing. */
async function refused() {
  try {
    return !(await fetch(WORKER, { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

/** An earlier worker would stay in the way of a desk that has none. */
async function leave() {
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("talka-offline-")).map((name) => caches.delete(name)));
}
