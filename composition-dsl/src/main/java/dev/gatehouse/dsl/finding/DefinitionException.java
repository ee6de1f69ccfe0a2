package dev.gatehouse.dsl.finding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says everything that is wrong with a composite or a BFF, numbered, each with its place, code and page. */
public final class DefinitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /**
   * @param subject what is wrong, such as {@code composite ProductPage}
   * @param findings at least one
   */
  public DefinitionException(String subject, List<? extends Finding> findings) {
    super(text(subject, findings), cause(findings));
    this.findings = List.copyOf(findings);
  }

  /** At least one, in the order found. */
  public List<Finding> findings() {
    return findings;
  }

  private static String text(String subject, List<? extends Finding> findings) {
    StringBuilder text = new StringBuilder(subject)
        .append(
            findings.size() == 1 ? " has a mistake:" : " has " + findings.size() + " mistakes:");
    int number = 0;
    for (Finding finding : findings) {
      text.append("\n ")
          .append(++number)
          .append(". ")
          .append(finding.code().id())
          .append(" at ")
          .append(finding.place())
          .append("\n    ")
          .append(finding.message())
          .append("\n    see ")
          .append(finding.code().page());
    }
    return text.toString();
  }

  private static @Nullable Throwable cause(List<? extends Finding> findings) {
    return findings.stream()
        .filter(ScopeFinding.DefinitionThrew.class::isInstance)
        .map(finding -> ((ScopeFinding.DefinitionThrew) finding).cause())
        .findFirst()
        .orElse(null);
  }
}
