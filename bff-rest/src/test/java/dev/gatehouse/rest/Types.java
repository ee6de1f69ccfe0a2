package dev.gatehouse.rest;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.contract.JsonKind;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contract types put together by hand, for tests of what only reads them. */
public final class Types {
  public static final ScalarType STRING = scalar("String", JsonKind.STRING, String.class);
  public static final ScalarType INT = scalar("Int", JsonKind.INTEGER, int.class);
  public static final ScalarType DECIMAL = scalar("BigDecimal", JsonKind.NUMBER, BigDecimal.class);
  public static final ScalarType BOOLEAN = scalar("Boolean", JsonKind.BOOLEAN, boolean.class);

  private Types() {}

  public static ScalarType scalar(String name, JsonKind kind, Type javaType) {
    return new ScalarType(name, kind, javaType, null, null);
  }

  public static EnumType enumeration(String name, String... constants) {
    return new EnumType(
        name,
        Enum.class,
        Arrays.stream(constants).map(one -> new EnumConstant(one, null, null)).toList(),
        null);
  }

  public static ListType list(DataType element) {
    return new ListType(element, false, List.class);
  }

  public static Component required(String name, DataType type) {
    return new Component(name, name, type, false, null, null);
  }

  public static Component nullable(String name, DataType type) {
    return new Component(name, name, type, true, null, null);
  }

  public static RecordFixture record(String name, Component... components) {
    RecordFixture record = new RecordFixture(name);
    record.components.addAll(List.of(components));
    return record;
  }

  public static UnionFixture union(String name, RecordFixture... cases) {
    return new UnionFixture(
        name, Arrays.stream(cases).map(one -> new Case(one.name(), one)).toList());
  }

  /** Stands for a class of that name. */
  private record Named(String name) implements Type {}

  /** A record type to which components can be added, so that it may refer to itself. */
  public static final class RecordFixture implements RecordType {
    private final String name;
    private final List<Component> components = new ArrayList<>();

    RecordFixture(String name) {
      this.name = name;
    }

    public RecordFixture add(Component component) {
      components.add(component);
      return this;
    }

    @Override
    public Class<?> recordClass() {
      return Record.class;
    }

    @Override
    public List<Component> components() {
      return components;
    }

    @Override
    public @Nullable String description() {
      return null;
    }

    @Override
    public Type javaType() {
      return new Named(name);
    }

    @Override
    public String name() {
      return name;
    }
  }

  /** A union whose discriminator is {@code type}. */
  public record UnionFixture(String name, List<Case> cases) implements UnionType {
    @Override
    public String discriminator() {
      return "type";
    }

    @Override
    public List<Component> common() {
      return List.of();
    }

    @Override
    public @Nullable String description() {
      return null;
    }

    @Override
    public Type javaType() {
      return new Named(name);
    }
  }
}
