package dev.gatehouse.dsl.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.gatehouse.dsl.contract.ContractProblem.Kind;
import dev.gatehouse.dsl.contract.DataType.AnyType;
import dev.gatehouse.dsl.contract.DataType.Case;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.dsl.contract.DataType.EnumConstant;
import dev.gatehouse.dsl.contract.DataType.EnumType;
import dev.gatehouse.dsl.contract.DataType.ListType;
import dev.gatehouse.dsl.contract.DataType.MapType;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.contract.DataType.ScalarType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContractsTest {
  private final Contracts contracts = new Contracts();

  private RecordType record(Type type) {
    return (RecordType) contracts.of(type);
  }

  private DataType component(Class<?> record, String name) {
    return component(record(record), name).type();
  }

  private static Component component(RecordType record, String name) {
    Component component = record.component(name);
    assertThat(component).as(name).isNotNull();
    return component;
  }

  private List<ContractProblem> problems(Type type) {
    return catchThrowableOfType(ContractException.class, () -> contracts.of(type))
        .problems();
  }

  @Description("All that can be told of it.")
  record Product(
      @Description("What it is called.") String name,
      int units,
      @Nullable BigDecimal amount,
      @Deprecated(since = "3") List<@Nullable String> tags) {}

  @Test
  void aRecordIsAnObjectWithItsComponentsInOrder() {
    RecordType product = record(Product.class);
    assertThat(product.name()).isEqualTo("Product");
    assertThat(product.description()).isEqualTo("All that can be told of it.");
    assertThat(product.components())
        .extracting(Component::name, one -> one.type().name(), Component::nullable)
        .containsExactly(
            tuple("name", "String", false),
            tuple("units", "Integer", false),
            tuple("amount", "BigDecimal", true),
            tuple("tags", "[String]", false));
    assertThat(component(product, "name").description()).isEqualTo("What it is called.");
    assertThat(component(product, "tags").deprecation()).isEqualTo("Deprecated since 3.");
    assertThat(((ListType) component(product, "tags").type()).elementNullable()).isTrue();
    assertThat(product.field("nothing")).isNull();
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonIgnoreProperties("left_out")
  record Named(
      String plainName,
      @JsonProperty("Own") String ownName,
      @JsonIgnore String hidden,
      String leftOut) {}

  @Test
  void namesFollowJacksonsAnnotations() {
    assertThat(record(Named.class).components())
        .extracting(Component::javaName, Component::name)
        .containsExactly(tuple("plainName", "plain_name"), tuple("ownName", "Own"));
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Outer {
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
    @interface Nullable {}
  }

  record Nulls(
      @Outer.Nullable String declared,
      byte @Nullable [] bytes,
      @Nullable Integer boxed) {}

  @Test
  void anyAnnotationCalledNullableCounts() {
    assertThat(record(Nulls.class).components()).allMatch(Component::nullable);
  }

  record Sku(String value) {}

  record Wrapped(Sku value) {}

  record NotWrapped(List<String> value) {}

  record Weight(@JsonValue int grams) {}

  static final class Colour {
    private final String name;

    Colour(String name) {
      this.name = name;
    }

    @JsonValue
    String name() {
      return name;
    }
  }

  record Scalars(
      long number,
      BigInteger big,
      double half,
      boolean flag,
      char letter,
      UUID id,
      URI link,
      Instant at,
      LocalDate on,
      Duration lasting,
      Locale language,
      Currency currency,
      byte[] data,
      Sku sku,
      Wrapped wrapped,
      Weight weight,
      Colour colour) {}

  @Test
  void scalarsSayHowTheyTravelAndWhereThatIsSpecified() {
    assertThat(record(Scalars.class).components())
        .extracting(Component::type)
        .extracting(DataType::name, type -> ((ScalarType) type).kind())
        .containsExactly(
            tuple("Long", JsonKind.INTEGER),
            tuple("BigInteger", JsonKind.INTEGER),
            tuple("Double", JsonKind.NUMBER),
            tuple("Boolean", JsonKind.BOOLEAN),
            tuple("Character", JsonKind.STRING),
            tuple("UUID", JsonKind.STRING),
            tuple("URI", JsonKind.STRING),
            tuple("Instant", JsonKind.STRING),
            tuple("LocalDate", JsonKind.STRING),
            tuple("Duration", JsonKind.STRING),
            tuple("Locale", JsonKind.STRING),
            tuple("Currency", JsonKind.STRING),
            tuple("Base64", JsonKind.STRING),
            tuple("Sku", JsonKind.STRING),
            tuple("Wrapped", JsonKind.STRING),
            tuple("Weight", JsonKind.INTEGER),
            tuple("Colour", JsonKind.STRING));
    assertThat(((ScalarType) component(Scalars.class, "at")).specifiedBy())
        .isEqualTo(URI.create("https://www.rfc-editor.org/rfc/rfc3339"));
  }

  @Test
  void aRecordOfOneValueThatIsNoScalarIsAnObject() {
    assertThat(contracts.of(NotWrapped.class)).isInstanceOf(RecordType.class);
  }

  enum Mood {
    @Description("All is well.")
    GOOD,
    @JsonProperty("so-so")
    MIDDLING,
    @Deprecated
    BAD
  }

  @Test
  void enumsHaveTheirJsonNames() {
    assertThat(((EnumType) contracts.of(Mood.class)).constants())
        .containsExactly(
            new EnumConstant("GOOD", "All is well.", null),
            new EnumConstant("so-so", null, null),
            new EnumConstant("BAD", null, "Deprecated."));
  }

  record Page<T>(
      List<T> items,
      Map<String, @Nullable T> byName,
      @Nullable String next) {}

  record Pages(Page<Product> products, Page<Page<Sku>> nested) {}

  @Test
  void genericRecordsAreNamedAfterTheirArguments() {
    DataType products = component(Pages.class, "products");
    assertThat(products.name()).isEqualTo("PageOfProduct");
    assertThat(component((RecordType) products, "items").type().name()).isEqualTo("[Product]");
    assertThat(((MapType) component((RecordType) products, "byName").type()).valueNullable())
        .isTrue();
    assertThat(component(Pages.class, "nested").name()).isEqualTo("PageOfPageOfSku");
    assertThat(products)
        .isEqualTo(contracts.of(Contracts.parameterized(Page.class, Product.class)));
    assertThat(new Contracts().of(Contracts.parameterized(Page.class, Product.class)))
        .isEqualTo(products);
  }

  sealed interface Media permits Book, Film {}

  record Book(String title, int pages) implements Media {}

  @JsonTypeName("movie")
  record Film(@Nullable String title, int minutes) implements Media {}

  @Test
  void aSealedInterfaceOfRecordsIsAUnion() {
    UnionType media = (UnionType) contracts.of(Media.class);
    assertThat(media.discriminator()).isEqualTo("type");
    assertThat(media.cases()).extracting(Case::tag).containsExactly("Book", "movie");
    assertThat(media.common())
        .extracting(Component::name, Component::nullable)
        .containsExactly(tuple("title", true));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "round")})
  sealed interface Figure permits Circle {}

  record Circle(int radius) implements Figure {}

  @Test
  void annotationsNameTheDiscriminatorAndItsTags() {
    UnionType shape = (UnionType) contracts.of(Figure.class);
    assertThat(shape.discriminator()).isEqualTo("kind");
    assertThat(shape.cases()).extracting(Case::tag).containsExactly("round");
  }

  record Tree(String name, List<Tree> children, @Nullable Tree parent) {}

  @Test
  void aRecordMayContainItselfWhereThatCanEnd() {
    RecordType tree = record(Tree.class);
    assertThat(component(tree, "parent").type()).isSameAs(tree);
  }

  record Loose(
      Object any,
      JsonNode node,
      Collection<String> many,
      Set<UUID> distinct,
      Map<String, Integer> counts) {}

  @Test
  void looseTypesHaveTheirPlace() {
    assertThat(component(Loose.class, "any")).isInstanceOf(AnyType.class);
    assertThat(component(Loose.class, "node")).isInstanceOf(AnyType.class);
    assertThat(component(Loose.class, "many").name()).isEqualTo("[String]");
    assertThat(component(Loose.class, "distinct").name()).isEqualTo("[UUID]");
    assertThat(component(Loose.class, "counts").name()).isEqualTo("{Integer}");
  }

  record Wrong(
      Optional<String> maybe,
      Thread thread,
      String[] array,
      Map<Integer, String> map,
      @SuppressWarnings("rawtypes") List raw) {}

  @Test
  void everythingThatIsWrongIsSaidAtOnceWithItsPath() {
    record Holder(List<Wrong> wrongs) {}
    assertThat(problems(Holder.class))
        .extracting(ContractProblem::kind, ContractProblem::path)
        .containsExactly(
            tuple(Kind.OPTIONAL_COMPONENT, "Holder.wrongs[].maybe"),
            tuple(Kind.UNSUPPORTED_TYPE, "Holder.wrongs[].thread"),
            tuple(Kind.UNSUPPORTED_TYPE, "Holder.wrongs[].array"),
            tuple(Kind.UNSUPPORTED_TYPE, "Holder.wrongs[].map"),
            tuple(Kind.UNSUPPORTED_TYPE, "Holder.wrongs[].raw"));
  }

  record Hen(Egg egg) {}

  record Egg(Hen hen) {}

  @Test
  void aRecordCannotAlwaysContainItself() {
    assertThat(problems(Hen.class))
        .extracting(ContractProblem::kind, ContractProblem::path)
        .contains(tuple(Kind.REQUIRES_ITSELF, "Hen.egg.hen"));
  }

  record Twins(String a, @JsonProperty("a") String b) {}

  sealed interface Tagged permits Tag {}

  record Tag(String type) implements Tagged {}

  @Test
  void jsonNamesAreGivenOnce() {
    assertThat(problems(Twins.class))
        .extracting(ContractProblem::kind)
        .containsExactly(Kind.DUPLICATE_NAME);
    assertThat(problems(Tagged.class))
        .extracting(ContractProblem::kind)
        .containsExactly(Kind.DUPLICATE_NAME);
  }

  sealed interface Open permits Closed, Class1 {}

  record Closed() implements Open {}

  static final class Class1 implements Open {}

  @Test
  void casesOfUnionsAreRecords() {
    assertThat(problems(Open.class))
        .extracting(ContractProblem::kind)
        .containsExactly(Kind.UNSUPPORTED_TYPE);
  }

  @Test
  void aMistakeIsNotRemembered() {
    assertThat(problems(Hen.class)).hasSameSizeAs(problems(Hen.class));
  }
}
