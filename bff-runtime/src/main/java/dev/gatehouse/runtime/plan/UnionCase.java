package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.runtime.json.JsonSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case of a union where it is written: which fields of a selection it has, and what tells it apart from the other cases.
 *
 * @param union what it is a case of
 * @param tag the case's value of the discriminator
 * @param type the case's record
 * @param selection of the union; null for all
 */
record UnionCase(
    UnionType union, String tag, DataType type, @Nullable Selection selection) {

  /** What is selected of the case itself. */
  @Nullable Selection own() {
    if (selection == null) {
      return null;
    }
    List<Selection.Field> fields = selection.fields().stream()
        .filter(field -> !isTag(field) && isOfCase(field))
        .toList();
    List<Selection.Deferred> deferred = new ArrayList<>();
    for (Selection.Deferred later : selection.deferred()) {
      List<Selection.Field> own = later.fields().stream().filter(this::isOfCase).toList();
      if (!own.isEmpty()) {
        deferred.add(new Selection.Deferred(later.part(), own));
      }
    }
    return new Selection(fields, deferred);
  }

  private boolean isTag(Selection.Field field) {
    return field.name().equals(union.discriminator()) || field.name().equals(Selection.TYPE_NAME);
  }

  private boolean isOfCase(Selection.Field field) {
    Set<String> cases = field.cases();
    boolean has =
        isTag(field) || type instanceof RecordType record && record.field(field.name()) != null;
    return has && (cases == null || cases.contains(tag));
  }

  /** Adds what tells the case apart, where that is selected, wherever an object may be written. */
  Out tagged(Out body) {
    if (body instanceof Out.Obj object) {
      return new Out.Obj(
          object.hops(),
          object.presence(),
          tagged(object.fields(), selection == null ? null : selection.fields()));
    }
    if (body instanceof Out.Deferring deferring) {
      return new Out.Deferring(tagged(deferring.main()), deferring.parts());
    }
    if (body instanceof Out.Const constant) {
      return new Out.Const(tagged(constant.json()));
    }
    if (body instanceof Out.OrElse orElse) {
      return new Out.OrElse(tagged(orElse.main()), tagged(orElse.alternative()));
    }
    if (body instanceof Out.OrNull orNull) {
      return new Out.OrNull(tagged(orNull.main()));
    }
    if (body instanceof Out.Move move) {
      return tagged(move);
    }
    if (body instanceof Out.Rescue rescue) {
      return new Out.Rescue(tagged(rescue.main()), tagged(rescue.alternative()));
    }
    if (body instanceof Out.Switch branches) {
      return new Out.Switch(branches.branches().stream().map(this::tagged).toList());
    }
    throw new IllegalStateException("a case of " + union.name() + " that is no object: " + body);
  }

  private Out.Move tagged(Out.Move move) {
    return new Out.Move(move.hops(), tagged(move.value()));
  }

  private List<Out.Field> tagged(List<Out.Field> own, @Nullable List<Selection.Field> selected) {
    List<Out.Field> fields = new ArrayList<>();
    if (selected == null) {
      if (own.stream().noneMatch(field -> field.key().equals(union.discriminator()))) {
        fields.add(Out.Field.text(union.discriminator(), tag));
      }
      fields.addAll(own);
      return fields;
    }
    Map<String, Out.Field> byKey = new HashMap<>();
    own.forEach(field -> byKey.put(field.key(), field));
    for (Selection.Field field : selected) {
      if (!isOfCase(field)) {
        continue;
      }
      if (field.name().equals(union.discriminator())) {
        fields.add(Out.Field.text(field.key(), tag));
      } else if (field.name().equals(Selection.TYPE_NAME)) {
        fields.add(Out.Field.text(field.key(), field.nameOf(type)));
      } else {
        fields.add(Objects.requireNonNull(byKey.get(field.key()), "a case has what is its own"));
      }
    }
    return fields;
  }

  private byte[] tagged(byte[] json) {
    if (FixedJson.isNull(json)) {
      return json;
    }
    List<Out.Field> own = new ArrayList<>();
    FixedJson.members(json)
        .forEach((name, value) -> own.add(Out.Field.of(name, false, new Out.Const(value))));
    JsonSink sink = new JsonSink(json.length + 32);
    sink.write('{');
    List<Selection.Field> selected =
        selection == null ? null : selection.inOne().fields();
    for (Out.Field field : tagged(own, selected)) {
      if (sink.length() > 1) {
        sink.write(',');
      }
      sink.write(field.prefix());
      sink.write(((Out.Const) field.value()).json());
    }
    sink.write('}');
    return sink.toByteArray();
  }
}
