package dev.gatehouse.dsl.contract;

/** The JSON form in which a scalar travels (RFC 8259, section 3). */
public enum JsonKind {
  /** A JSON string. */
  STRING,
  /** A JSON number without fraction or exponent. */
  INTEGER,
  /** Any JSON number; its digits are never changed on the way through. */
  NUMBER,
  /** {@code true} or {@code false}. */
  BOOLEAN
}
