package dev.gatehouse.runtime.engine;

import java.util.List;

/**
 * An object or list that was written, of which a part follows.
 *
 * @param part its index in the plan
 * @param row that the part is written of
 * @param end how long the sink was when the object ended, so that what is taken back promises nothing
 */
record Promised(int part, int row, List<Object> path, int end) {}
