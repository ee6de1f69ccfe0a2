package dev.gatehouse.dsl.contract;

import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record's contract; equal to another of the same Java type. Its components are set once, before it is published. */
final class RecordContract implements RecordType {
  private final String name;
  private final Class<?> recordClass;
  private final Type javaType;
  private final @Nullable String description;
  private List<Component> components = List.of();

  RecordContract(String name, Class<?> recordClass, Type javaType, @Nullable String description) {
    this.name = name;
    this.recordClass = recordClass;
    this.javaType = javaType;
    this.description = description;
  }

  void complete(List<Component> all) {
    components = List.copyOf(all);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Class<?> recordClass() {
    return recordClass;
  }

  @Override
  public Type javaType() {
    return javaType;
  }

  @Override
  public List<Component> components() {
    return components;
  }

  @Override
  public @Nullable String description() {
    return description;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordType type && type.javaType().equals(javaType);
  }

  @Override
  public int hashCode() {
    return javaType.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
