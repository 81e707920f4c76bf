// SPDX-License-Identifier: Apache-2.0
/** Search is a queue whose query is typed, and narrowed down by facets. */
import "./facets.js";
import "./queue.js";
