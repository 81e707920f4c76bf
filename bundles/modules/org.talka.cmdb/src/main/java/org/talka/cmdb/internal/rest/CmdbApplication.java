/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.rest;

import jakarta.ws.rs.core.Application;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationBase;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsName;

/** The module's own REST application, so that its coming and going disturbs no other. */
@Component(service = Application.class)
@JakartarsName("cmdb")
@JakartarsApplicationBase("cmdb")
public class CmdbApplication extends Application {}
