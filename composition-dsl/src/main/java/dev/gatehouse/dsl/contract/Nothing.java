package dev.gatehouse.dsl.contract;

/** The type of an input or answer that there is none of. Has no instances. */
public final class Nothing {
  private Nothing() {}
}
