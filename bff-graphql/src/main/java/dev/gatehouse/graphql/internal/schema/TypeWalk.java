package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.util.LinkedHashSet;
import java.util.Set;

/** Everything that a type is made of and that has a name in a schema, itself included. */
final class TypeWalk {
  private final Set<DataType> found = new LinkedHashSet<>();

  private TypeWalk() {}

  static Set<DataType> of(DataType type) {
    TypeWalk walk = new TypeWalk();
    walk.visit(type);
    return walk.found;
  }

  private void visit(DataType type) {
    if (type instanceof ListType list) {
      visit(list.element());
    } else if (type instanceof MapType || type instanceof AnyType) {
      return; // a JSON scalar, whatever is in it
    } else if (found.add(type)) {
      if (type instanceof RecordType record) {
        for (Component component : record.components()) {
          visit(component.type());
        }
      } else if (type instanceof UnionType union) {
        for (Case one : union.cases()) {
          visit(one.type());
        }
      }
    }
  }
}
