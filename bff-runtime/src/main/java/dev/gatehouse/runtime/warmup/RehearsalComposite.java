package dev.gatehouse.runtime.warmup;

import static dev.gatehouse.dsl.Verbs.object;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.ListOperation;
import dev.gatehouse.dsl.Operation;
import dev.gatehouse.dsl.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is rehearsed: a call, a list, and a batch for its elements, as most pages have them. */
final class RehearsalComposite {
  static final String SERVICE = "rehearsal";

  private static final int MOST = 10;

  record Thing(String id, String name, double size, boolean present) {}

  record Remark(String text, String authorId) {}

  record Author(String id, String name) {}

  record RemarkView(String text, @Nullable Author author) {}

  record Page(String id, String name, double size, boolean present, List<RemarkView> remarks) {}

  private static final Operation<String, Thing> THING =
      Service.named(SERVICE).get("/things/{id}").returns(Thing.class);
  private static final ListOperation<String, Remark> REMARKS =
      Service.named(SERVICE).get("/remarks{?thing}").returnsList(Remark.class).atMost(MOST);
  private static final Operation<String, Author> AUTHOR = Service.named(SERVICE)
      .get("/authors{?ids*}")
      .batchOf(Author.class, Author::id)
      .upTo(MOST);

  static final Composite<String, Page> PAGE = Composite.named(
      "Rehearsal",
      String.class,
      id -> object(Page.class)
          .from(THING.call(id))
          .with(
              Page::remarks,
              REMARKS
                  .call(id)
                  .each(remark -> object(RemarkView.class)
                      .from(remark)
                      .with(RemarkView::author, AUTHOR.call(remark.get(Remark::authorId))))));

  private RehearsalComposite() {}

  /** What the service answers. */
  static String answer(String path) {
    return switch (path) {
      case "/authors" ->
        "[{\"id\":\"a\",\"name\":\"Ada \\\"A\\\"\"},{\"id\":\"b\",\"name\":\"B\\u00e9a\"}]";
      case "/remarks" ->
        "[{\"text\":\"good\\nand long\",\"authorId\":\"a\"},{\"text\":\"größer\",\"authorId\":\"b\"}]";
      default -> "{\"id\":\"1\",\"name\":\"thing\",\"size\":1.5,\"present\":true}";
    };
  }
}
