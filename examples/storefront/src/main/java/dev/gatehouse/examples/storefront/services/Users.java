package dev.gatehouse.examples.storefront.services;

import static io.vertx.core.http.HttpMethod.GET;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Who buys and reviews. Answers carry personal data, so only private caches may keep them.
 *
 * <pre>
 * GET /users/{id}            one user
 * GET /users?ids=u-1&amp;ids=u-2 those that exist, in no particular order
 * </pre>
 */
final class Users extends ServiceVerticle {
  /** {@code u-1} to {@code u-120}, in this order. */
  static final List<String> IDS =
      IntStream.rangeClosed(1, 120).mapToObj(number -> "u-" + number).toList();

  private static final List<String> FIRST_NAMES = List.of(
      "Zoë",
      "José",
      "Søren",
      "Agnieszka",
      "Mehmet",
      "Aoife",
      "Jürgen",
      "Chloé",
      "Łukasz",
      "Ananya",
      "Björn",
      "Inês",
      "Kwame",
      "Sofia",
      "Růžena",
      "Noor",
      "Tomáš",
      "Yuki",
      "Émile",
      "Ludmila");
  private static final List<String> LAST_NAMES = List.of(
      "O’Brien",
      "García",
      "Østergaard",
      "Wiśniewska",
      "Yılmaz",
      "Müller",
      "Lefèvre",
      "de Vries",
      "Sharma",
      "Novák",
      "Mensah",
      "田中",
      "Ferreira",
      "Lindström",
      "Papadopoulou",
      "Smith");
  private static final LocalDate FIRST_DAY = LocalDate.parse("2019-01-07");

  private final Map<String, User> users;

  /** @param email internal: it must not reach a frontend */
  private record User(String id, String name, String avatar, LocalDate memberSince, String email) {
    JsonObject toJson() {
      return new JsonObject()
          .put("id", id)
          .put("name", name)
          .put("avatar", avatar)
          .put("memberSince", memberSince.toString())
          .put("email", email);
    }
  }

  Users(int port) {
    super("users", port, "private, max-age=60");
    Pick pick = new Pick(19);
    users = IDS.stream().map(id -> user(id, pick)).collect(toUnmodifiableMap(User::id, identity()));
  }

  @Override
  void addTo(Routes routes) {
    routes.on(GET, "/users/{id}", this::user).on(GET, "/users", this::batch);
  }

  private Reply user(Call call) {
    User user = users.get(call.variable("id"));
    if (user == null) {
      throw Problem.notFound("user", call.variable("id"));
    }
    return Reply.ok(user.toJson());
  }

  private Reply batch(Call call) {
    List<String> ids = call.ids();
    List<User> found = ids.stream().map(users::get).filter(Objects::nonNull).toList();
    return Reply.ok(new Pick(ids.hashCode()).shuffled(found), User::toJson);
  }

  private static User user(String id, Pick pick) {
    return new User(
        id,
        pick.oneOf(FIRST_NAMES) + " " + pick.oneOf(LAST_NAMES),
        "/avatars/" + id + ".png",
        FIRST_DAY.plusDays(pick.between(0, 2500)),
        id + "@mail.example");
  }
}
