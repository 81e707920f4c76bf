/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.talka.api.persistence.Database;
import org.talka.api.persistence.Transactions;

/** Runs a class once for each database; see {@link PersistenceTest}. */
final class PersistenceSuite implements ClassTemplateInvocationContextProvider {
  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return settings(context) != null;
  }

  @Override
  public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
      ExtensionContext context) {
    PersistenceTest settings = settings(context);
    return Arrays.stream(settings.on()).map(engine -> new Invocation(engine, settings));
  }

  private static PersistenceTest settings(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(PersistenceTest.class);
  }

  /** One run of the class. */
  private record Invocation(Engine engine, PersistenceTest settings)
      implements ClassTemplateInvocationContext {
    @Override
    public String getDisplayName(int invocationIndex) {
      return engine.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new Run(engine, settings));
    }
  }

  /**
   * Opens the database before the class, empties it before each test, closes it after the class.
   */
  private static final class Run
      implements BeforeClassTemplateInvocationCallback,
          AfterClassTemplateInvocationCallback,
          BeforeEachCallback,
          ParameterResolver {
    private final Engine engine;
    private final PersistenceTest settings;
    private TestDatabase database;

    Run(Engine engine, PersistenceTest settings) {
      this.engine = engine;
      this.settings = settings;
    }

    @Override
    public void beforeClassTemplateInvocation(ExtensionContext context) {
      database = TestDatabase.open(engine, settings.units());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
      if (settings.clean()) {
        database.clear();
      }
    }

    @Override
    public void afterClassTemplateInvocation(ExtensionContext context) {
      if (database != null) {
        database.close();
      }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      return type == TestDatabase.class || type == Transactions.class || type == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      if (type == Transactions.class) {
        return database.transactions();
      }
      return type == Database.class ? database.unit() : database;
    }
  }
}
