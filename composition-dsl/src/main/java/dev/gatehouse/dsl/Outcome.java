package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.Description;
import org.jspecify.annotations.Nullable;

/**
 * A value, or the class of its failure; both are null where the value is absent.
 *
 * @param value what came
 * @param failure why nothing came, in lower snake case: {@code unreachable}, {@code timed_out}, {@code answered_4xx}, …
 * @param <T> the value's type
 */
public record Outcome<T>(
    @Description("What came; null where nothing did.") @Nullable T value,

    @Description("Why nothing came; null where nothing failed.") @Nullable String failure) {}
