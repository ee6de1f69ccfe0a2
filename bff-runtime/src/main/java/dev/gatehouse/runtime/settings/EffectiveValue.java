package dev.gatehouse.runtime.settings;

/**
 * A setting as it holds.
 *
 * @param key such as {@code services.catalog.max-connections}
 * @param value as it would be written; masked where it is secret, empty for nothing
 * @param origin where it was given, such as {@code gatehouse.yaml:12} or {@code default}
 */
public record EffectiveValue(String key, String value, String origin) {}
