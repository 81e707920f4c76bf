/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.net.URI;
import java.nio.file.Path;

/** A running server: where it is, and how to sign in as its first administrator. */
public interface RunningTalka {
  URI url();

  String adminPassword();

  /** The data folder: log, index, database. */
  Path data();

  /** A client signed in as {@code admin}. */
  default Api admin() {
    return new Api(url()).signIn("admin", adminPassword());
  }

  default Api anonymous() {
    return new Api(url());
  }
}
