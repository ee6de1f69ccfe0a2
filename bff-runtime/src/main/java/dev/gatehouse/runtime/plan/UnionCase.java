package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.runtime.json.JsonSink;
import java.util.ArrayList;
import java.util.List;
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
    List<Selection.Field> fields = new ArrayList<>();
    for (Selection.Field field : selection.fields()) {
      if (!isTag(field) && isOfCase(field)) {
        fields.add(field);
      }
    }
    return new Selection(fields);
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
      return new Out.Obj(object.hops(), object.presence(), tagged(object.fields()));
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

  private List<Out.Field> tagged(List<Out.Field> own) {
    List<Out.Field> fields = new ArrayList<>();
    if (selection == null) {
      if (own.stream().noneMatch(field -> field.key().equals(union.discriminator()))) {
        fields.add(Out.Field.text(union.discriminator(), tag));
      }
      fields.addAll(own);
      return fields;
    }
    int next = 0;
    for (Selection.Field field : selection.fields()) {
      if (!isOfCase(field)) {
        continue;
      }
      if (field.name().equals(union.discriminator())) {
        fields.add(Out.Field.text(field.key(), tag));
      } else if (field.name().equals(Selection.TYPE_NAME)) {
        fields.add(Out.Field.text(field.key(), field.nameOf(type)));
      } else {
        fields.add(own.get(next++));
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
    for (Out.Field field : tagged(own)) {
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
