package dev.gatehouse.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.rest.internal.fields.FieldsSyntaxException;
import dev.gatehouse.rest.internal.fields.ResolvedFields;
import dev.gatehouse.rest.internal.fields.UnknownFieldsException;
import dev.gatehouse.rest.internal.input.Faults;
import dev.gatehouse.rest.internal.input.InputBindingCompiler;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.engine.Compositions;
import org.jspecify.annotations.Nullable;

/** Plans what requests select, and keeps a bounded number of such plans. Confined to one event loop. */
final class Selections {
  private final Compositions compositions;
  private final Cache<Key, Selected> cache;

  private record Key(OpenRoute route, String fields) {}

  /**
   * @param atMost how many selections are kept
   */
  Selections(Compositions compositions, int atMost) {
    this.compositions = compositions;
    this.cache =
        Caffeine.newBuilder().maximumSize(atMost).executor(Runnable::run).build();
  }

  /**
   * What a {@code fields} parameter selects.
   *
   * @return null where it cannot be read or names what is not there, which is a fault
   */
  @Nullable Selected of(OpenRoute route, String fields, Faults faults) {
    Key key = new Key(route, fields);
    Selected selected = cache.getIfPresent(key);
    if (selected == null) {
      selected = plan(route, fields, faults);
      if (selected != null) {
        cache.put(key, selected);
      }
    }
    return selected;
  }

  private @Nullable Selected plan(OpenRoute route, String fields, Faults faults) {
    try {
      ResolvedFields resolved = route.compiled().fields().resolve(fields);
      return new Selected(
          compositions.plan(route.compiled().spec().composite(), resolved.selection()),
          resolved.arguments());
    } catch (FieldsSyntaxException e) {
      faults.add(In.QUERY, InputBindingCompiler.FIELDS, e.problem());
    } catch (UnknownFieldsException e) {
      for (String problem : e.problems()) {
        faults.add(In.QUERY, InputBindingCompiler.FIELDS, problem);
      }
    }
    return null;
  }
}
