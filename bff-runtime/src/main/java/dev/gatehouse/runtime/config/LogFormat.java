package dev.gatehouse.runtime.config;

/** How the access log and the log of failures hand over what they tell. */
public enum LogFormat {
  /** The message is one line of {@code key=value} pairs, safe to print as it is. */
  TEXT,
  /** The message is a word; the pairs are SLF4J's key-value pairs, for an encoder that writes JSON. */
  JSON
}
