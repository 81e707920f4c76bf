/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import java.util.Collection;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.talka.api.security.Callers;
import org.talka.rest.internal.access.AccessFeature;
import org.talka.rest.internal.json.JsonCodec;
import org.talka.rest.internal.json.JsonProvider;
import org.talka.rest.internal.problem.ProblemMapper;
import org.talka.rest.internal.problem.Problems;
import org.talka.security.OpenPortal;

/** What every application consists of beside its resources. */
record Recipe(Problems problems, Callers callers, OpenPortal portal) {

  ResourceConfig with(Collection<?> resources) {
    ResourceConfig config = new ResourceConfig();
    resources.forEach(resource -> config.register(resource.getClass()));
    Singletons singletons = new Singletons(resources);
    config.register(singletons.binder());
    config.register(singletons);
    config.register(new JsonProvider(new JsonCodec()));
    config.register(new UploadReader());
    config.register(new ProblemMapper(problems, callers));
    config.register(new AccessFeature(callers, portal));
    config.register(new Compression());
    // no XML, pictures or mail parts: less to attack
    config.property(CommonProperties.PROVIDER_DEFAULT_DISABLE, "ALL");
    // nothing comes in by being on a class path
    config.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    config.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
    config.property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
    config.property(ServerProperties.JSON_PROCESSING_FEATURE_DISABLE, true);
    config.property(ServerProperties.MOXY_JSON_FEATURE_DISABLE, true);
    config.property(ServerProperties.BV_FEATURE_DISABLE, true);
    config.property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
    return config;
  }
}
