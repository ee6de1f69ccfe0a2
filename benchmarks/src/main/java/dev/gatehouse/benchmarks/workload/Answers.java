package dev.gatehouse.benchmarks.workload;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The services' answers as the bytes of whole HTTP responses, rendered once: serving must cost next to nothing. */
final class Answers {
  private static final byte[] NOT_FOUND =
      whole("404 Not Found", bytes("{\"error\":\"not found\"}"));
  private static final byte[] BROKEN =
      whole("500 Internal Server Error", bytes("{\"error\":\"broken\"}"));
  private static final int DIGITS = 9;

  private final Map<Service, byte[][]> bodies = new EnumMap<>(Service.class);
  private final Map<Service, byte[][]> responses = new EnumMap<>(Service.class);

  Answers(Shop shop) {
    render(Service.PRODUCTS, Shop.PRODUCTS, shop::product);
    render(Service.PRICES, Shop.PRODUCTS, shop::price);
    render(Service.STOCK, Shop.PRODUCTS, shop::stock);
    render(Service.REVIEWS, Shop.PRODUCTS, shop::reviews);
    render(Service.USERS, Shop.USERS, shop::user);
    render(Service.RECOMMENDATIONS, Shop.PRODUCTS, shop::recommendations);
  }

  /** The response to a number, as text. */
  static byte[] ofNumber(long number) {
    return whole("200 OK", bytes(Long.toString(number)));
  }

  /**
   * The response of a service to a request target, which stands in {@code request} from {@code from} to {@code to}.
   * {@code /x/7} and {@code /x?product=7} name one document, {@code /x?ids=7,8} names several.
   */
  byte[] of(Service service, byte[] request, int from, int to) {
    int ids = idsFrom(request, from, to);
    return ids < 0
        ? one(service, lastNumber(request, from, to))
        : several(service, request, ids, to);
  }

  /** Whether the answer is one to be held back for {@link Shop#SLOWNESS_MILLIS}. */
  static boolean isSlow(Service service, byte[] request, int from, int to) {
    return service == Service.RECOMMENDATIONS && lastNumber(request, from, to) == Shop.SLOW;
  }

  private byte[] one(Service service, int id) {
    if (service == Service.RECOMMENDATIONS && id == Shop.FAILING) {
      return BROKEN;
    }
    byte[][] all = responses(responses, service);
    return id >= 1 && id <= all.length ? all[id - 1] : NOT_FOUND;
  }

  private byte[] several(Service service, byte[] request, int from, int to) {
    byte[][] all = responses(bodies, service);
    ByteArrayOutputStream list = new ByteArrayOutputStream(4096);
    list.write('[');
    int position = from;
    while (position < to) {
      int id = 0;
      while (position < to && isDigit(request[position])) {
        id = id * 10 + request[position++] - '0';
      }
      if (id >= 1 && id <= all.length) {
        if (list.size() > 1) {
          list.write(',');
        }
        list.writeBytes(all[id - 1]);
      }
      position += separator(request, position, to);
    }
    list.write(']');
    return whole("200 OK", list.toByteArray());
  }

  /** Where the values of {@code ?ids=} begin, or -1. */
  private static int idsFrom(byte[] request, int from, int to) {
    for (int i = from; i + 5 <= to; i++) {
      if (request[i] == '?') {
        return request[i + 1] == 'i' && request[i + 4] == '=' ? i + 5 : -1;
      }
    }
    return -1;
  }

  /** The length of what stands between two ids: a comma, an encoded one, or the name of a repeated parameter. */
  private static int separator(byte[] request, int position, int to) {
    if (position >= to || request[position] == ',') {
      return 1;
    }
    return request[position] == '%' ? "%2C".length() : "&ids=".length();
  }

  private static int lastNumber(byte[] request, int from, int to) {
    int start = to;
    while (start > from && isDigit(request[start - 1])) {
      start--;
    }
    if (start == to || to - start > DIGITS) {
      return -1;
    }
    int number = 0;
    for (int i = start; i < to; i++) {
      number = number * 10 + request[i] - '0';
    }
    return number;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static byte[][] responses(Map<Service, byte[][]> map, Service service) {
    byte[][] all = map.get(service);
    if (all == null) {
      throw new IllegalStateException(service + ": no data (expected: data of every service)");
    }
    return all;
  }

  private void render(Service service, int count, IntFunction<JsonObject> document) {
    byte[][] rendered = IntStream.rangeClosed(1, count)
        .mapToObj(id -> document.apply(id).toBuffer().getBytes())
        .toArray(byte[][]::new);
    byte[][] whole = new byte[count][];
    for (int i = 0; i < count; i++) {
      whole[i] = whole("200 OK", rendered[i]);
    }
    bodies.put(service, rendered);
    responses.put(service, whole);
  }

  private static byte[] whole(String status, byte[] body) {
    byte[] head = bytes("HTTP/1.1 " + status
        + "\r\ncontent-type: application/json\r\ncontent-length: " + body.length + "\r\n\r\n");
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
