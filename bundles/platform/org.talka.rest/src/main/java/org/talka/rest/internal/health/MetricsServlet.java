/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.gate.ExtensionReport;
import org.talka.gate.Gate;
import org.talka.rest.internal.door.RequestFacts;
import org.talka.rest.internal.door.Traffic;
import org.talka.rest.internal.problem.Problem;
import org.talka.rest.internal.problem.Problems;

/** {@code /metrics} in the text format of Prometheus: the JVM, the API, every extension. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern("/metrics")
public final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String PERMISSION = "metrics:read";

  private final transient Callers callers;
  private final transient Gate gate;
  private final transient Traffic traffic;
  private final transient Problems problems;

  @Activate
  public MetricsServlet(
      @Reference Callers callers,
      @Reference Gate gate,
      @Reference Traffic traffic,
      @Reference Problems problems) {
    this.callers = callers;
    this.gate = gate;
    this.traffic = traffic;
    this.problems = problems;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller caller = callers.current();
    if (!caller.may(PERMISSION)) {
      DomainException refusal =
          caller.kind() == Caller.Kind.ANONYMOUS
              ? DomainException.of(ErrorKind.UNAUTHENTICATED, "error.rest.not-signed-in")
              : DomainException.forbidden("error.rest.not-allowed");
      problems.send(
          Problem.of(refusal),
          caller.locale(),
          request,
          response,
          RequestFacts.correlationId(request));
      return;
    }
    StringBuilder out = new StringBuilder(4_096);
    jvm(out);
    traffic.write(out);
    extensions(out);
    byte[] body = out.toString().getBytes(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void jvm(StringBuilder out) {
    gauge(out, "process_uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    gauge(out, "jvm_memory_heap_used_bytes", heap.getUsed());
    gauge(out, "jvm_memory_heap_max_bytes", heap.getMax());
    gauge(
        out,
        "jvm_memory_nonheap_used_bytes",
        ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
    gauge(out, "jvm_threads", ManagementFactory.getThreadMXBean().getThreadCount());
    gauge(out, "jvm_classes", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    out.append("# TYPE jvm_gc_seconds_total counter\n");
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      out.append("jvm_gc_seconds_total{gc=\"").append(label(gc.getName())).append("\"} ");
      out.append(gc.getCollectionTime() / 1e3).append('\n');
    }
  }

  private void extensions(StringBuilder out) {
    var report = gate.report();
    out.append("# TYPE talka_extension_calls_total counter\n");
    report.forEach(e -> extension(out, "talka_extension_calls_total", e, e.calls()));
    out.append("# TYPE talka_extension_errors_total counter\n");
    report.forEach(e -> extension(out, "talka_extension_errors_total", e, e.errors()));
    out.append("# TYPE talka_extension_overruns_total counter\n");
    report.forEach(e -> extension(out, "talka_extension_overruns_total", e, e.overruns()));
    out.append("# TYPE talka_extension_in_flight gauge\n");
    report.forEach(e -> extension(out, "talka_extension_in_flight", e, e.inFlight()));
    out.append("# TYPE talka_extension_p95_seconds gauge\n");
    report.forEach(e -> extension(out, "talka_extension_p95_seconds", e, e.p95Micros() / 1e6));
  }

  private static void extension(
      StringBuilder out, String metric, ExtensionReport report, Number value) {
    out.append(metric).append("{point=\"").append(label(report.point()));
    out.append("\",module=\"").append(label(report.module()));
    out.append("\",name=\"").append(label(report.name())).append("\"} ");
    out.append(value).append('\n');
  }

  private static void gauge(StringBuilder out, String name, Number value) {
    out.append("# TYPE ").append(name).append(" gauge\n").append(name).append(' ');
    out.append(value).append('\n');
  }

  private static String label(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
