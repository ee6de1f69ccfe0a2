package dev.gatehouse.examples.storefront.services;

import static dev.gatehouse.examples.storefront.services.DemoService.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersTest {

  @RegisterExtension
  final RunningServices shop = new RunningServices();

  @Test
  void a_user_is_only_for_private_caches() {
    HttpResponse<String> response = shop.get(USERS, "/users/u-1");

    assertThat(response.headers().firstValue("cache-control")).hasValue("private, max-age=60");
    JsonObject user = new JsonObject(response.body());
    assertThat(user.fieldNames()).containsExactly("id", "name", "avatar", "memberSince", "email");
    assertThat(user.getString("avatar")).isEqualTo("/avatars/u-1.png");
    assertThat(LocalDate.parse(user.getString("memberSince"))).isAfter("2018-12-31");
  }

  @Test
  void a_batch_leaves_out_whom_it_does_not_know() {
    assertThat(shop.array(USERS, "/users?ids=u-1&ids=u-2,u-120,u-121").stream()
            .map(each -> ((JsonObject) each).getString("id")))
        .containsExactlyInAnyOrder("u-1", "u-2", "u-120");
    assertThat(shop.get(USERS, "/users/u-121").statusCode()).isEqualTo(404);
  }
}
