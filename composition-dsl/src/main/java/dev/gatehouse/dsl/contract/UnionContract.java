package dev.gatehouse.dsl.contract;

import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sealed interface's contract; equal to another of the same Java type. Its cases are set once, before it is published. */
final class UnionContract implements UnionType {
  private final Class<?> union;
  private final String discriminator;
  private final @Nullable String description;
  private List<Case> cases = List.of();

  UnionContract(Class<?> union, String discriminator, @Nullable String description) {
    this.union = union;
    this.discriminator = discriminator;
    this.description = description;
  }

  void complete(List<Case> all) {
    cases = List.copyOf(all);
  }

  @Override
  public String name() {
    return union.getSimpleName();
  }

  @Override
  public Type javaType() {
    return union;
  }

  @Override
  public String discriminator() {
    return discriminator;
  }

  @Override
  public List<Case> cases() {
    return cases;
  }

  @Override
  public List<Component> common() {
    List<Component> common = new ArrayList<>();
    for (Component component : cases.get(0).type().components()) {
      Component shared = shared(component);
      if (shared != null) {
        common.add(shared);
      }
    }
    return List.copyOf(common);
  }

  private @Nullable Component shared(Component first) {
    boolean nullable = first.nullable();
    for (Case one : cases) {
      Component other = one.type().component(first.javaName());
      if (other == null
          || !other.name().equals(first.name())
          || !other.type().equals(first.type())) {
        return null;
      }
      nullable |= other.nullable();
    }
    return new Component(
        first.javaName(),
        first.name(),
        first.type(),
        nullable,
        first.description(),
        first.deprecation());
  }

  @Override
  public @Nullable String description() {
    return description;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnionType type && type.javaType().equals(union);
  }

  @Override
  public int hashCode() {
    return union.hashCode();
  }

  @Override
  public String toString() {
    return name();
  }
}
