/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.share;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.PersonId;

/**
 * Keeps things of one kind that people share: who sees them, who may change them, and in which
 * version. What one of them must be is for who makes it to say. Thread-safe.
 */
public final class Shelf<T extends Shared> {
  private final SharedStore<T> store;
  private final Callers callers;
  private final Transactions transactions;
  private final Kind kind;

  /**
   * What is special about a kind.
   *
   * @param unknown key of the refusal when there is none of an id
   * @param many key of the refusal of one too many
   * @param permission lets keep what others shared
   * @param most of one owner, so that nobody's list needs pages
   */
  public record Kind(String unknown, String many, String permission, int most) {}

  public Shelf(SharedStore<T> store, Callers callers, Transactions transactions, Kind kind) {
    this.store = store;
    this.callers = callers;
    this.transactions = transactions;
    this.kind = kind;
  }

  /** Those that the caller sees, in the order in which they were made. */
  public List<T> mine() {
    Caller caller = callers.current();
    return caller.person().map(me -> store.seen(me, caller.teams())).orElse(List.of());
  }

  public T get(long id) {
    return store
        .find(id)
        .filter(thing -> thing.sharing().sees(callers.current()))
        .orElseThrow(() -> none(id));
  }

  public boolean mayChange(T thing) {
    return thing.sharing().mayChange(callers.current(), kind.permission());
  }

  /**
   * @param make the new one for its owner
   */
  public T create(Function<PersonId, T> make) {
    PersonId owner =
        callers
            .current()
            .person()
            .orElseThrow(() -> DomainException.forbidden("error.ticket.share.nobody"));
    T thing = make.apply(owner);
    return transactions.required(
        () -> {
          if (store.countOf(owner) >= kind.most()) {
            throw DomainException.conflict(kind.many(), "max", kind.most());
          }
          store.add(thing);
          return thing;
        });
  }

  /**
   * @param version the one that the client saw
   */
  public T change(long id, long version, UnaryOperator<T> make) {
    return transactions.required(
        () -> {
          T before = changeable(id);
          if (before.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.rest.etag.stale");
          }
          T after = make.apply(before);
          store.replace(after);
          return after;
        });
  }

  public void remove(long id) {
    transactions.required(
        () -> {
          store.remove(changeable(id).id());
          return null;
        });
  }

  private T changeable(long id) {
    T thing =
        store
            .lock(id)
            .filter(found -> found.sharing().sees(callers.current()))
            .orElseThrow(() -> none(id));
    if (!mayChange(thing)) {
      throw DomainException.forbidden("error.ticket.share.forbidden", "name", thing.name());
    }
    return thing;
  }

  private DomainException none(long id) {
    return DomainException.notFound(kind.unknown(), "id", id);
  }
}
