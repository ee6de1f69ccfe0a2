package dev.gatehouse.runtime.mesh.balance;

/** Which instance a key belongs to. Immutable. */
interface HashTable {

  /**
   * The place of a key.
   *
   * @return a position to begin at; those after it, up to {@link #size()}, are where the key goes if the first cannot be called
   */
  int find(long hash);

  Instance at(int position);

  int size();
}
