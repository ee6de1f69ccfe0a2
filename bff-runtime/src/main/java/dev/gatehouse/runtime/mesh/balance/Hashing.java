package dev.gatehouse.runtime.mesh.balance;

/** Hashes that are the same in every process and version, for what several processes must agree on. */
final class Hashing {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Hashing() {}

  /** FNV-1a over the characters, mixed. */
  static long of(CharSequence text) {
    return mix(add(FNV_OFFSET, text));
  }

  static long of(CharSequence text, byte[] bytes) {
    long hash = add(FNV_OFFSET, text);
    for (byte one : bytes) {
      hash = (hash ^ (one & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  private static long add(long hash, CharSequence text) {
    long added = hash;
    for (int i = 0; i < text.length(); i++) {
      added = (added ^ text.charAt(i)) * FNV_PRIME;
    }
    return added;
  }

  /** Spreads every bit over all others; the finalizer of MurmurHash3. */
  static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
