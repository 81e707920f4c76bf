/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.jakartars.whiteboard.JakartarsWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.security.Callers;
import org.talka.rest.internal.problem.Problems;
import org.talka.security.OpenPortal;

/**
 * Hosts what bundles register under the conventions of the OSGi Jakarta REST whiteboard
 * (specification 151): resources that select an application by name, and applications with a base
 * path under {@code /api/v1}.
 *
 * <p>The general whiteboard reloads every application when one resource changes, under a lock that
 * waits for all running requests: one slow upload and one module's installation would stop the
 * desk. Here an application is rebuilt only when its own resources change, beside the running one,
 * and takes over between two requests. Changes are gathered for a moment, so that the start of the
 * desk builds the core's application once or twice and not once a resource.
 *
 * <p>Everything of the platform (JSON, problem documents, the permission guard) is part of every
 * application; a bundle can't leave it out and can't put its own into another's.
 */
@Component(service = Applications.class, immediate = true)
public final class ApplicationHost implements Applications {
  static final String ROOT = "/api/v1";

  private static final Logger LOG = LoggerFactory.getLogger(ApplicationHost.class);
  private static final String MODULE_HEADER = "Talka-Module";

  private final BundleContext context;
  private final Recipe recipe;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "talka-rest-applications");
            thread.setDaemon(true);
            return thread;
          });
  private final ServiceTracker<Object, ServiceReference<Object>> resources;
  private final ServiceTracker<Application, ServiceReference<Application>> applications;

  private final Gathered update =
      new Gathered(worker, Duration.ofMillis(60), this::announce, this::keepUp);

  /** Not here while the database is not: until then the portal is closed. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      fieldOption = FieldOption.REPLACE)
  private volatile OpenPortal portal;

  /** Touched on the worker only. */
  private final Map<String, Place> places = new HashMap<>();

  private volatile boolean closed;
  private volatile List<Served> served = List.of();
  private volatile long generation;

  @Activate
  public ApplicationHost(
      BundleContext context, @Reference Problems problems, @Reference Callers callers) {
    this.context = context;
    this.recipe = new Recipe(problems, callers, new Portal());
    RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    this.resources =
        new ServiceTracker<>(
            context,
            filter("(" + JakartarsWhiteboardConstants.JAKARTA_RS_RESOURCE + "=true)"),
            new Watch<>());
    this.applications =
        new ServiceTracker<>(
            context,
            filter(
                "(&(objectClass="
                    + Application.class.getName()
                    + ")("
                    + JakartarsWhiteboardConstants.JAKARTA_RS_APPLICATION_BASE
                    + "=*))"),
            new Watch<>());
    applications.open();
    resources.open();
  }

  /** The portal as it is here now. */
  private final class Portal implements OpenPortal {
    @Override
    public boolean open() {
      OpenPortal now = portal;
      return now != null && now.open();
    }

    @Override
    public void search(String address) {
      Optional.ofNullable(portal).ifPresent(now -> now.search(address));
    }
  }

  @Deactivate
  void close() {
    closed = true;
    resources.close();
    applications.close();
    worker.execute(
        () -> {
          places.values().forEach(Place::close);
          places.clear();
        });
    worker.shutdown();
    try {
      worker.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Served> current() {
    return served;
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public boolean settled() {
    return update.settled();
  }

  @Override
  public boolean settle(Duration wait) {
    return update.settle(wait);
  }

  /** Takes the paths of new applications at once: a request waits there for its application. */
  private void announce() {
    if (isEnding()) {
      return;
    }
    wanted()
        .forEach(
            (name, application) ->
                places.computeIfAbsent(name, n -> new Place(application.path())).register());
  }

  /** While the server stops, resources go one by one: what serves goes on until it is stopped. */
  private boolean isEnding() {
    return closed
        || context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
  }

  private void keepUp() {
    if (isEnding()) {
      return;
    }
    try {
      serve(wanted());
    } catch (RuntimeException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  private void serve(Map<String, Wanted> wanted) {
    if (closed) {
      return;
    }
    places
        .entrySet()
        .removeIf(
            place -> {
              boolean gone = !wanted.containsKey(place.getKey());
              if (gone) {
                place.getValue().close();
              }
              return gone;
            });
    wanted.forEach(
        (name, application) -> {
          try {
            places.computeIfAbsent(name, n -> new Place(application.path())).serve(application);
          } catch (ServletException | RuntimeException | LinkageError e) {
            LOG.error("The REST application {} can't be put in service", name, e);
          }
        });
    List<Served> now = new ArrayList<>();
    places.forEach((name, place) -> now.add(place.served(name)));
    served = List.copyOf(now);
    generation++;
  }

  /** What there should be: applications by name with their resources. */
  private Map<String, Wanted> wanted() {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    wanted.put(
        CORE,
        new Wanted(
            "core",
            ROOT,
            Map.of(JakartarsWhiteboardConstants.JAKARTA_RS_NAME, CORE),
            new HashSet<>()));
    for (ServiceReference<Application> reference : references(applications)) {
      Object base = reference.getProperty(JakartarsWhiteboardConstants.JAKARTA_RS_APPLICATION_BASE);
      String path = trimmed(String.valueOf(base));
      Object given = reference.getProperty(JakartarsWhiteboardConstants.JAKARTA_RS_NAME);
      String name = given == null ? path : given.toString();
      Optional<String> module = module(reference);
      if (module.isPresent()
          && !path.equals(module.get())
          && !path.startsWith(module.get() + "/")) {
        LOG.warn(
            "Module {} may not serve {}/{}: its paths begin with its id", module.get(), ROOT, path);
        continue;
      }
      if (!path.isEmpty()) {
        wanted.putIfAbsent(
            name,
            new Wanted(
                module.orElse("core"), ROOT + "/" + path, properties(reference), new HashSet<>()));
      }
    }
    for (ServiceReference<Object> reference : references(resources)) {
      Filter select = select(reference);
      Optional<String> module = module(reference);
      for (Wanted application : wanted.values()) {
        boolean selected =
            select == null
                ? application.path().equals(ROOT)
                : select.matches(application.properties());
        // a module serves under its own path only: the core's application is not reloaded for it
        if (selected && application.module().equals(module.orElse("core"))) {
          application.resources().add(reference);
        }
      }
    }
    return wanted;
  }

  private static <T> List<ServiceReference<T>> references(
      ServiceTracker<T, ServiceReference<T>> tracker) {
    ServiceReference<T>[] references = tracker.getServiceReferences();
    return references == null
        ? List.of()
        : Stream.of(references).filter(ApplicationHost::isOffered).toList();
  }

  /**
   * While a bundle stops, its components go one after another: none of them is borrowed any more.
   */
  private static boolean isOffered(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle != null && (bundle.getState() & (Bundle.STARTING | Bundle.ACTIVE)) != 0;
  }

  private static Filter select(ServiceReference<?> reference) {
    Object property =
        reference.getProperty(JakartarsWhiteboardConstants.JAKARTA_RS_APPLICATION_SELECT);
    String text =
        property instanceof String[] several && several.length > 0
            ? several[0]
            : property instanceof String one ? one : null;
    return text == null ? null : filter(text);
  }

  private static Map<String, Object> properties(ServiceReference<?> reference) {
    Map<String, Object> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String key : reference.getPropertyKeys()) {
      properties.put(key, reference.getProperty(key));
    }
    return properties;
  }

  /** The module that a service belongs to; none for the desk's own bundles. */
  private static Optional<String> module(ServiceReference<?> reference) {
    if (reference.getBundle() == null) {
      return Optional.empty();
    }
    String header = reference.getBundle().getHeaders("").get(MODULE_HEADER);
    return Optional.ofNullable(header).map(h -> h.split(";", 2)[0].trim());
  }

  private static String trimmed(String base) {
    String path = base.startsWith("/") ? base.substring(1) : base;
    path = path.endsWith("/*") ? path.substring(0, path.length() - 2) : path;
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static Filter filter(String text) {
    try {
      return FrameworkUtil.createFilter(text);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /**
   * @param path absolute, without a slash at its end
   * @param properties what resources select by
   */
  private record Wanted(
      String module,
      String path,
      Map<String, Object> properties,
      Set<ServiceReference<Object>> resources) {}

  /** Where one application is registered; used on the worker only. */
  private final class Place {
    private final String path;
    private final ApplicationServlet servlet;
    private ServiceRegistration<Servlet> registration;
    private Set<ServiceReference<Object>> resources = Set.of();
    private List<Class<?>> classes = List.of();
    private String module = "core";

    Place(String path) {
      this.path = path;
      this.servlet =
          new ApplicationServlet(
              recipe.problems(), update::ask, path.equals(ROOT) ? () -> {} : this::whole);
    }

    /**
     * A module's resources come one by one, those that need its database last: who asks as soon as
     * it is there is not told that half of its paths do not exist. The desk itself waits for
     * nobody.
     */
    private void whole() {
      update.settle(ApplicationServlet.PATIENCE);
    }

    Served served(String name) {
      return new Served(name, module, path, classes);
    }

    void serve(Wanted wanted) throws ServletException {
      module = wanted.module();
      boolean current = servlet.isServing() && wanted.resources().equals(resources);
      if (registration != null && current) {
        return;
      }
      register();
      if (servlet.getServletConfig() == null) {
        return; // no HTTP service yet: it initialises the servlet when it comes, and that is a
        // change
      }
      List<ResourceLease> leases = borrow(wanted.resources());
      Generation next =
          Generation.start(
              recipe.with(leases.stream().map(ResourceLease::resource).toList()),
              leases,
              servlet.getServletConfig());
      servlet.follow(next);
      resources = Set.copyOf(wanted.resources());
      classes = List.copyOf(leases.stream().<Class<?>>map(l -> l.resource().getClass()).toList());
    }

    void register() {
      if (registration == null) {
        registration = context.registerService(Servlet.class, servlet, servletProperties());
      }
    }

    private Dictionary<String, Object> servletProperties() {
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(
          HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN,
          new String[] {path, path + "/*"});
      properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_NAME, "rest " + path);
      properties.put(HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_ASYNC_SUPPORTED, true);
      return properties;
    }

    private List<ResourceLease> borrow(Set<ServiceReference<Object>> references) {
      List<ResourceLease> leases = new ArrayList<>();
      for (ServiceReference<Object> reference : new java.util.TreeSet<>(references)) {
        ServiceObjects<Object> objects = context.getServiceObjects(reference);
        Object resource = objects == null || !isOffered(reference) ? null : objects.getService();
        if (resource != null) {
          leases.add(new ResourceLease(objects, resource));
        }
      }
      return leases;
    }

    void close() {
      if (registration != null) {
        try {
          registration.unregister();
        } catch (IllegalStateException already) {
          // the framework is stopping
        }
      }
      servlet.close();
    }
  }

  private final class Watch<T> implements ServiceTrackerCustomizer<T, ServiceReference<T>> {
    @Override
    public ServiceReference<T> addingService(ServiceReference<T> reference) {
      update.ask();
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, ServiceReference<T> service) {
      update.ask();
    }

    @Override
    public void removedService(ServiceReference<T> reference, ServiceReference<T> service) {
      update.ask();
    }
  }
}
