// SPDX-License-Identifier: Apache-2.0
/** Search is a queue whose query is typed. */
import "./queue.js";
