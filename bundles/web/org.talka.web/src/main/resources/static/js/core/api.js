// SPDX-License-Identifier: Apache-2.0
/** Calls to the server. There is no private door: everything here is the documented API. */
import { askedAhead } from "./ahead.js";
import { currentLanguage, t, has } from "./i18n.js";

/** What the server answered when it refused (RFC 9457). */
export class Problem extends Error {
  /**
   * @param {number} status 0 when the server was not reached
   * @param {any} [body]
   */
  constructor(status, body = {}) {
    super(body.detail || body.title || Problem.words(status));
    this.status = status;
    /** What it is, for programs. @type {string} */
    this.type = body.type ?? "";
    /** @type {{field: string, message: string}[]} */
    this.errors = body.errors ?? [];
    this.correlationId = body.correlationId ?? "";
    this.retryAfter = 0;
  }

  /** The message for one field, if any. @param {string} field */
  of(field) {
    return this.errors.find((e) => e.field === field || e.field === `fields.${field}`)?.message ?? "";
  }

  /** @param {number} status */
  static words(status) {
    const key = status === 0 ? "web.error.offline" : `web.error.${status}`;
    return has(key) ? t(key) : t("web.error.other", { status: String(status) });
  }
}

let csrf = "";
/** @param {string | undefined} token */
export const setCsrf = (token) => {
  csrf = token ?? "";
};

/** Called once when an answer says that nobody is signed in any more. */
let signedOut = () => {};
export const onSignedOut = (/** @type {() => void} */ f) => {
  signedOut = f;
};

/** Asks for the password and sends it; whether it was right. @type {() => Promise<boolean>} */
let confirmed = async () => false;
export const onConfirm = (/** @type {() => Promise<boolean>} */ f) => {
  confirmed = f;
};
const CONFIRM = "urn:talka:problem:error.session.confirm";

const BASE = "/api/v1";

/**
 * @param {string} method
 * @param {string} path below `/api/v1`
 * @param {{body?: any, raw?: string, form?: FormData, headers?: Record<string, string>, signal?: AbortSignal, keepalive?: boolean}} [o]
 *   `keepalive` lets it arrive although the page is left
 * @returns {Promise<{data: any, etag: string, status: number, location: string}>}
 */
export async function call(method, path, o = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": currentLanguage(), ...o.headers };
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  if (o.body !== undefined || o.raw !== undefined) headers["Content-Type"] ??= "application/json";
  let response;
  try {
    response = (method === "GET" && (await askedAhead(path))) || await fetch(BASE + path, {
      method,
      headers,
      body: o.form ?? o.raw ?? (o.body === undefined ? undefined : JSON.stringify(o.body)),
      credentials: "same-origin",
      signal: o.signal,
      keepalive: o.keepalive,
      cache: "no-store",
    });
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    throw new Problem(0);
  }
  const type = response.headers.get("Content-Type") ?? "";
  const data = type.includes("json") ? await response.json().catch(() => ({})) : null;
  if (!response.ok) {
    const problem = new Problem(response.status, data ?? {});
    problem.retryAfter = Number(response.headers.get("Retry-After") ?? 0);
    if (response.status === 401 && path !== "/session") signedOut();
    // asked once: whoever gives up has the refusal
    if (problem.type === CONFIRM && (await confirmed())) return call(method, path, o);
    throw problem;
  }
  return {
    data,
    status: response.status,
    etag: response.headers.get("ETag") ?? "",
    location: response.headers.get("Location") ?? "",
  };
}

/** @param {string} path @param {AbortSignal} [signal] */
export const get = async (path, signal) => (await call("GET", path, { signal })).data;
/** @param {string} path @param {any} [body] */
export const post = async (path, body) => (await call("POST", path, { body })).data;
/** @param {string} path */
export const remove = async (path) => (await call("DELETE", path)).data;
/** @param {string} path @param {any} body @param {string} [etag] */
export const patch = (path, body, etag) =>
  call("PATCH", path, {
    body,
    headers: {
      "Content-Type": "application/merge-patch+json",
      ...(etag ? { "If-Match": etag } : {}),
    },
  });
/** @param {string} path @param {File} file @param {string} [name] */
export const upload = async (path, file, name) => {
  const form = new FormData();
  form.append("file", file, name ?? file.name);
  return (await call("POST", path, { form })).data;
};

/** A key in a path. */
export const enc = encodeURIComponent;
/** @param {Record<string, any>} params */
export const query = (params) => {
  const search = new URLSearchParams();
  for (const [k, v] of Object.entries(params)) if (v !== undefined && v !== "") search.set(k, v);
  const s = search.toString();
  return s ? `?${s}` : "";
};
