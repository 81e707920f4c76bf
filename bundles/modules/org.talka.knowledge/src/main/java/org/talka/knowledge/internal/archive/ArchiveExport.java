/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.security.Team;
import org.talka.api.security.TeamId;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.Enclosure;
import org.talka.knowledge.internal.store.EnclosureStore;

/**
 * Writes all articles with all their versions and files, whoever may read them: for who looks after
 * all. One article, and one file, is held in memory at a time.
 */
@Component(service = ArchiveExport.class)
public class ArchiveExport {
  private final ArticleStore store;
  private final EnclosureStore files;
  private final People people;
  private final Origin origin;

  @Activate
  public ArchiveExport(
      @Reference ArticleStore store,
      @Reference EnclosureStore files,
      @Reference People people,
      @Reference Origin origin) {
    this.store = store;
    this.files = files;
    this.people = people;
    this.origin = origin;
  }

  /** Leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    List<Long> ids = store.ids();
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("format", Layout.FORMAT);
    head.put("version", Layout.VERSION);
    head.put("desk", origin.name());
    head.put("exportedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    head.put("articles", ids.stream().map(Article::key).toList());
    entry(zip, Layout.HEAD, Json.write(head));
    Shelf shelf = new Shelf(store.categories());
    entry(zip, Layout.SHELVES, Json.write(Map.of("categories", shelf.lines())));
    for (long id : ids) {
      Optional<Article> article = store.find(id);
      if (article.isPresent()) {
        write(zip, article.get(), shelf);
      }
    }
    entry(zip, Layout.END, Json.write(Map.of("articles", ids.size())));
    zip.finish();
  }

  private void write(ZipOutputStream zip, Article article, Shelf shelf) throws IOException {
    entry(zip, Layout.article(article.key()), form(article, shelf));
    for (Enclosure.Line line : files.of(article.id())) {
      Optional<Enclosure> file = files.find(article.id(), line.id());
      if (file.isPresent()) {
        entry(zip, Layout.file(article.key(), line.id()), file.get().content());
      }
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  /** The article as it stands in an archive. */
  byte[] form(Article article) {
    return form(article, new Shelf(store.categories()));
  }

  private byte[] form(Article article, Shelf shelf) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("key", article.key());
    form.put("kind", article.kind());
    form.put("category", article.category().map(shelf::path));
    form.put("audience", article.audience().word());
    form.put("teams", article.teams().isEmpty() ? null : teams(article.teams()));
    form.put("language", article.language());
    form.put("owner", article.owner().flatMap(this::username));
    form.put("reviewer", article.reviewer().flatMap(this::username));
    form.put("reviewDue", article.reviewDue());
    form.put("validFrom", article.validFrom());
    form.put("validUntil", article.validUntil());
    form.put("source", article.source().map(Article::key));
    form.put("sourceNumber", article.source().map(id -> article.sourceNumber()));
    form.put("supersedes", article.supersedes().map(Article::key));
    form.put("validated", article.validated());
    form.put("createdAt", article.createdAt());
    List<ArticleVersion> versions =
        new ArrayList<>(store.versions(article.id(), Integer.MAX_VALUE, Integer.MAX_VALUE));
    versions.sort(Comparator.comparingInt(ArticleVersion::number));
    form.put("versions", versions.stream().map(this::form).toList());
    form.put("files", files.of(article.id()).stream().map(ArchiveExport::form).toList());
    return Json.write(form);
  }

  private Map<String, Object> form(ArticleVersion version) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("number", version.number());
    form.put("stage", version.stage().word());
    form.put("title", version.title());
    form.put("summary", version.words().summary());
    form.put("body", version.words().body());
    form.put("keywords", version.words().keywords());
    form.put("basedOn", version.basedOn());
    form.put("author", version.author().flatMap(this::username));
    form.put("authorName", version.authorName());
    form.put("writers", version.writers().stream().flatMap(id -> username(id).stream()).toList());
    form.put("createdAt", version.createdAt());
    form.put("changedAt", version.changedAt());
    form.put("submittedAt", version.submittedAt());
    form.put("submitNote", version.submitNote());
    form.put("reviewer", version.reviewer().flatMap(this::username));
    form.put("reviewerName", version.reviewerName());
    form.put("reviewedAt", version.reviewedAt());
    form.put("reviewNote", version.reviewNote());
    form.put("publisherName", version.publisherName());
    form.put("publishedAt", version.publishedAt());
    form.put("endedAt", version.endedAt());
    return form;
  }

  private static Map<String, Object> form(Enclosure.Line file) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("id", file.id());
    form.put("number", file.number());
    form.put("name", file.name());
    form.put("size", file.size());
    form.put("addedBy", file.addedBy());
    form.put("addedAt", file.addedAt());
    return form;
  }

  private Optional<String> username(long person) {
    return people.person(new PersonId(person)).map(Person::username);
  }

  private List<String> teams(Collection<Long> ids) {
    return ids.stream().flatMap(id -> people.team(new TeamId(id)).stream()).map(Team::key).toList();
  }
}
