package dev.gatehouse.graphql.internal.schema;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.RecordType;

/**
 * A type of a subgraph with one of its keys. Immutable.
 *
 * @param field what it is called in meters and logs, and what rule it has
 * @param type what is answered
 * @param typeName what the schema calls it
 * @param input what the composite takes for one object
 * @param key which fields of a representation there have to be
 * @param values how what a representation brings is read
 */
public record OpenEntity(
    OpenField field,
    RecordType type,
    String typeName,
    DataType input,
    FieldSet key,
    KeyValues values) {

  /** Whether the composite takes a record of fields, else the value of the only one. */
  public boolean takesFields() {
    return input instanceof RecordType;
  }
}
