package dev.gatehouse.rest.internal.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.gatehouse.dsl.contract.DataType.Component;
import dev.gatehouse.runtime.door.Problem.In;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request: strict JSON in UTF-8, without duplicate members, checked against what the route expects. Values
 * are carried over byte by byte, so that numbers keep their digits.
 */
final class BodyReader {
  private static final int MOST_DEPTH = 64;
  private static final int MOST_NUMBER_LENGTH = 1_000;

  private final JsonFactory factory = JsonFactory.builder()
      .disable(JsonFactory.Feature.CHARSET_DETECTION)
      .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(MOST_DEPTH)
          .maxNumberLength(MOST_NUMBER_LENGTH)
          .maxStringLength(Integer.MAX_VALUE)
          .build())
      .build();
  private final BodyShape shape;

  BodyReader(BodyShape shape) {
    this.shape = shape;
  }

  /**
   * Reads a body.
   *
   * @param body empty where the request has none
   * @param out where the input goes: the whole of it, or members, each with a comma before it unless it is the first
   */
  void read(byte[] body, JsonBytes out, Faults faults) {
    if (body.length == 0) {
      absent(out, faults);
    } else if (!isUtf8(body)) {
      faults.add(In.BODY, "", "bytes that are no UTF-8 (expected: JSON in UTF-8)");
    } else {
      try (JsonParser parser = factory.createParser(body)) {
        if (parser.nextToken() == null) {
          absent(out, faults);
          return;
        }
        read(body, parser, out, faults);
        if (parser.nextToken() != null) {
          faults.add(
              In.BODY,
              "",
              where(parser.currentTokenLocation())
                  + "more after the value (expected: one JSON value)");
        }
      } catch (StreamConstraintsException e) {
        faults.add(
            In.BODY,
            "",
            "JSON nested more than " + MOST_DEPTH + " deep, or a number of more than "
                + MOST_NUMBER_LENGTH + " characters (expected: less)");
      } catch (JsonProcessingException e) {
        faults.add(
            In.BODY, "", where(e.getLocation()) + e.getOriginalMessage() + " (expected: JSON)");
      } catch (IOException e) {
        throw new IllegalStateException("reading from memory failed", e);
      }
    }
  }

  private void read(byte[] body, JsonParser parser, JsonBytes out, Faults faults)
      throws IOException {
    ContractReader reader = new ContractReader(factory, body, parser, faults);
    if (shape instanceof BodyShape.Whole whole) {
      int from = start(parser);
      reader.check(whole.type(), false, "");
      out.append(body, from, end(parser));
    } else if (shape instanceof BodyShape.Members members) {
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        members(body, parser, reader, members, out, faults);
      } else {
        reader.mismatch("an object", "");
      }
    } else {
      faults.add(In.BODY, "", body.length + " bytes (expected: no body)");
      parser.skipChildren();
    }
  }

  private static void members(
      byte[] body,
      JsonParser parser,
      ContractReader reader,
      BodyShape.Members members,
      JsonBytes out,
      Faults faults)
      throws IOException {
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      Component component = component(members, name);
      if (component != null) {
        seen.add(name);
        int from = start(parser);
        reader.check(component.type(), component.nullable(), ContractReader.pointer("", name));
        member(name, out).append(body, from, end(parser));
      } else {
        String elsewhere = members.elsewhere().get(name);
        if (elsewhere == null) {
          reader.unknown(name, members.components(), "");
        } else {
          faults.add(
              In.BODY,
              ContractReader.pointer("", name),
              "stands in the body (expected: only in the " + elsewhere + ")");
        }
        parser.skipChildren();
      }
    }
    for (Component component : members.components()) {
      if (!seen.contains(component.name())) {
        byte[] byDefault = members.defaults().get(component.name());
        if (byDefault != null) {
          member(component.name(), out).append(byDefault);
        } else if (!component.nullable()) {
          reader.missing(component, "");
        }
      }
    }
  }

  private void absent(JsonBytes out, Faults faults) {
    if (shape instanceof BodyShape.Whole whole) {
      faults.add(
          In.BODY,
          "",
          "no body (expected: " + ContractReader.expected(whole.type()) + " as application/json)");
    } else if (shape instanceof BodyShape.Members members) {
      if (!members.isOptional()) {
        faults.add(In.BODY, "", "no body (expected: an object as application/json)");
      }
      members.defaults().forEach((name, byDefault) -> member(name, out).append(byDefault));
    }
  }

  static JsonBytes member(String name, JsonBytes out) {
    if (out.length() > 1) {
      out.append(',');
    }
    return out.append(JsonBytes.string(name)).append(':');
  }

  private static @Nullable Component component(BodyShape.Members members, String name) {
    for (Component component : members.components()) {
      if (component.name().equals(name)) {
        return component;
      }
    }
    return null;
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  private static int end(JsonParser parser) throws IOException {
    parser.finishToken();
    return (int) parser.currentLocation().getByteOffset();
  }

  private static String where(JsonLocation location) {
    return "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
  }

  /** Jackson lets some ill-formed sequences pass. */
  private static boolean isUtf8(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).limit() >= 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
