package dev.gatehouse.rest.internal.openapi;

/** HTML under construction; every text that comes from elsewhere is escaped. */
final class Html {
  /** How pages look. */
  static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}"
          + "code,pre{font:14px/1.4 ui-monospace,monospace}pre{background:#f5f5f5;padding:.75rem;overflow:auto}"
          + "table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}"
          + "section{border-top:1px solid #ddd;margin-top:1.5rem}h3{margin-bottom:.25rem}"
          + "@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}pre{background:#242424}a{color:#8cf}}";

  private final StringBuilder text = new StringBuilder();

  Html raw(String html) {
    text.append(html);
    return this;
  }

  Html text(String plain) {
    text.append(escaped(plain));
    return this;
  }

  Html element(String name, String plain) {
    return raw("<" + name + ">").text(plain).raw("</" + name + ">");
  }

  static String escaped(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
