package dev.gatehouse.runtime.upstream.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that wait for a connection, first come first served. A call that gives up leaves at once, wherever it stands. */
final class WaitQueue {
  private @Nullable HttpCall head;
  private @Nullable HttpCall tail;
  private int size;

  int size() {
    return size;
  }

  void addLast(HttpCall call) {
    HttpCall last = tail;
    call.before = last;
    if (last == null) {
      head = call;
    } else {
      last.after = call;
    }
    tail = call;
    call.waiting = true;
    size++;
  }

  @Nullable HttpCall poll() {
    HttpCall call = head;
    if (call != null) {
      remove(call);
    }
    return call;
  }

  /** Takes all out, in order: those that come while they are told something are not among them. */
  List<HttpCall> pollAll() {
    List<HttpCall> all = new ArrayList<>(size);
    for (HttpCall call = poll(); call != null; call = poll()) {
      all.add(call);
    }
    return all;
  }

  /** Takes a call out; harmless where it does not wait. */
  void remove(HttpCall call) {
    if (!call.waiting) {
      return;
    }
    HttpCall before = call.before;
    HttpCall after = call.after;
    if (before == null) {
      head = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.before = before;
    }
    call.before = null;
    call.after = null;
    call.waiting = false;
    size--;
  }
}
