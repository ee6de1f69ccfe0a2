package dev.gatehouse.benchmarks.spliced;

import java.util.Arrays;

/** The reviews of a product as slices of the service's bytes: each review around its {@code authorId}. */
final class Reviews {
  private static final byte[] ITEMS = JsonBytes.of("items");
  private static final byte[] AUTHOR_ID = JsonBytes.of("authorId");
  private static final int FIELDS = 4;
  private static final byte[] COMMA = JsonBytes.of(",");

  private final byte[] json;
  private int count;
  /** Where each review begins, where its authorId begins and ends, where it ends. */
  private int[] slices = new int[10 * FIELDS];

  private int[] authors = new int[10];

  Reviews(byte[] json) {
    this.json = json;
    JsonScanner scanner = new JsonScanner(json, 0);
    scanner.enter();
    while (scanner.nextMember()) {
      if (scanner.isNamed(ITEMS)) {
        readItems(new JsonScanner(json, scanner.valueStart()));
      }
    }
  }

  /** The path that asks for all authors, each once. */
  String authorsUri() {
    StringBuilder uri = new StringBuilder(64).append("/users?ids=");
    for (int i = 0; i < count; i++) {
      if (!isAmongFirst(i, authors[i])) {
        uri.append(i == 0 ? "" : ",").append(authors[i]);
      }
    }
    return uri.toString();
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Bytes of the service's answer. */
  int length() {
    return json.length;
  }

  void addTo(JsonBytes page, Authors users) {
    for (int i = 0; i < count; i++) {
      int slice = i * FIELDS;
      if (i > 0) {
        page.add(COMMA);
      }
      page.add(json, slices[slice], slices[slice + 1]);
      users.addTo(page, authors[i]);
      page.add(json, slices[slice + 2], slices[slice + 3]);
    }
  }

  private void readItems(JsonScanner item) {
    item.enter();
    while (item.nextElement()) {
      if (count == authors.length) {
        authors = Arrays.copyOf(authors, 2 * count);
        slices = Arrays.copyOf(slices, 2 * count * FIELDS);
      }
      int slice = count * FIELDS;
      slices[slice] = item.position();
      item.enter();
      while (item.nextMember()) {
        if (item.isNamed(AUTHOR_ID)) {
          authors[count] = item.intValue();
          slices[slice + 1] = item.memberStart();
          slices[slice + 2] = item.position();
        }
      }
      slices[slice + 3] = item.position();
      count++;
    }
  }

  /** A page has few reviews: looking through them is cheaper than any set. */
  private boolean isAmongFirst(int end, int author) {
    for (int i = 0; i < end; i++) {
      if (authors[i] == author) {
        return true;
      }
    }
    return false;
  }
}
