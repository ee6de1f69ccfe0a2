package dev.gatehouse.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends after the first blank line, as an interim answer does. */
final class LimitedToBlankLine extends FilterInputStream {
  private int newLines;

  LimitedToBlankLine(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    if (newLines == 2) {
      return -1;
    }
    int c = super.read();
    newLines = c == '\n' ? newLines + 1 : c == '\r' ? newLines : 0;
    return c;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    return -1;
  }
}
