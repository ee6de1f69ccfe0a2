package dev.gatehouse.dsl.contract;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.Serializers;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Teaches Jackson what {@link Contracts} reads into types and Jackson would not: scalar records, sealed unions. */
final class ContractModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  ContractModule() {
    super("gatehouse-contracts");
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addSerializers(new ScalarSerializers());
    context.addDeserializers(new ScalarDeserializers());
    context.appendAnnotationIntrospector(new SealedUnions());
  }

  private static final class ScalarSerializers extends Serializers.Base {
    @Override
    public @Nullable JsonSerializer<?> findSerializer(
        SerializationConfig config, JavaType type, BeanDescription bean) {
      if (type.getRawClass() == Locale.class) {
        return new LocaleWriter();
      }
      RecordComponent wrapped = ScalarRules.wrapped(type.getRawClass());
      return wrapped == null ? null : new WrappedWriter(wrapped);
    }
  }

  private static final class ScalarDeserializers extends Deserializers.Base {
    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription bean) {
      RecordComponent wrapped = ScalarRules.wrapped(type.getRawClass());
      return wrapped == null ? null : new WrappedReader(wrapped);
    }
  }

  private static final class LocaleWriter extends JsonSerializer<Locale> {
    @Override
    public void serialize(Locale value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      out.writeString(value.toLanguageTag());
    }
  }

  private static final class WrappedWriter extends JsonSerializer<Object> {
    private final RecordComponent wrapped;

    WrappedWriter(RecordComponent wrapped) {
      this.wrapped = wrapped;
      wrapped.getAccessor().setAccessible(true);
    }

    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      try {
        serializers.defaultSerializeValue(wrapped.getAccessor().invoke(value), out);
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw JsonMappingException.from(out, "cannot read " + wrapped, e);
      }
    }
  }

  private static final class WrappedReader extends JsonDeserializer<Object> {
    private final Constructor<?> constructor;
    private final RecordComponent wrapped;

    WrappedReader(RecordComponent wrapped) {
      this.wrapped = wrapped;
      try {
        constructor = wrapped.getDeclaringRecord().getDeclaredConstructor(wrapped.getType());
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(
            "record without its constructor: " + wrapped.getDeclaringRecord(), e);
      }
      constructor.setAccessible(true);
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JavaType type = context.getTypeFactory().constructType(wrapped.getGenericType());
      Object value = context.readValue(in, type);
      try {
        return constructor.newInstance(value);
      } catch (InvocationTargetException e) {
        return context.handleInstantiationProblem(
            wrapped.getDeclaringRecord(), value, e.getCause());
      } catch (ReflectiveOperationException e) {
        return context.handleInstantiationProblem(wrapped.getDeclaringRecord(), value, e);
      }
    }
  }

  /** Sealed interfaces of records say their cases by themselves; annotations go first where there are any. */
  private static final class SealedUnions extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
        MapperConfig<?> config, AnnotatedClass type, JavaType base) {
      Class<?> raw = type.getRawType();
      if (!raw.isSealed() || !raw.isInterface()) {
        return null;
      }
      StdTypeResolverBuilder builder = new StdTypeResolverBuilder();
      return builder
          .init(JsonTypeInfo.Id.NAME, null)
          .inclusion(JsonTypeInfo.As.PROPERTY)
          .typeProperty("type");
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated type) {
      Class<?> raw = type.getRawType();
      if (!raw.isSealed() || !raw.isInterface()) {
        return null;
      }
      return Arrays.stream(raw.getPermittedSubclasses())
          .map(permitted -> new NamedType(permitted, JsonNames.tag(raw, permitted)))
          .toList();
    }
  }
}
