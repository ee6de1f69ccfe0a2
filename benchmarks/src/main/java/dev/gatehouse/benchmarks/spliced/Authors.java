package dev.gatehouse.benchmarks.spliced;

import java.util.Arrays;

/** The authors of reviews as slices of the users' bytes. */
final class Authors {
  private static final byte[] ID = JsonBytes.of("id");
  private static final byte[] NAME = JsonBytes.of("name");
  private static final byte[] AVATAR = JsonBytes.of("avatar");
  private static final byte[] BEFORE_ID = JsonBytes.of("\"author\":{\"id\":");
  private static final byte[] BEFORE_NAME = JsonBytes.of(",\"name\":");
  private static final byte[] BEFORE_AVATAR = JsonBytes.of(",\"avatar\":");
  private static final byte[] END = JsonBytes.of("}");
  private static final byte[] MISSING = JsonBytes.of("\"author\":null");
  private static final int FIELDS = 6;

  private final byte[] json;
  private int count;
  private int[] ids = new int[10];
  /** Where the id, the name and the avatar of each begin and end. */
  private int[] slices = new int[10 * FIELDS];

  Authors(byte[] json) {
    this.json = json;
    JsonScanner user = new JsonScanner(json, 0);
    user.enter();
    while (user.nextElement()) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
        slices = Arrays.copyOf(slices, 2 * count * FIELDS);
      }
      read(user, count * FIELDS);
      count++;
    }
  }

  /** Adds the member {@code author}. */
  void addTo(JsonBytes page, int id) {
    for (int i = 0; i < count; i++) {
      if (ids[i] == id) {
        int slice = i * FIELDS;
        page.add(BEFORE_ID).add(json, slices[slice], slices[slice + 1]);
        page.add(BEFORE_NAME).add(json, slices[slice + 2], slices[slice + 3]);
        page.add(BEFORE_AVATAR).add(json, slices[slice + 4], slices[slice + 5]).add(END);
        return;
      }
    }
    page.add(MISSING);
  }

  private void read(JsonScanner user, int slice) {
    user.enter();
    while (user.nextMember()) {
      if (user.isNamed(ID)) {
        ids[count] = user.intValue();
        note(user, slice);
      } else if (user.isNamed(NAME)) {
        note(user, slice + 2);
      } else if (user.isNamed(AVATAR)) {
        note(user, slice + 4);
      }
    }
  }

  private void note(JsonScanner user, int slice) {
    slices[slice] = user.valueStart();
    slices[slice + 1] = user.position();
  }
}
