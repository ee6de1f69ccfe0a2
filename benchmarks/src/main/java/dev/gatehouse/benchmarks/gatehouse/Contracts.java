package dev.gatehouse.benchmarks.gatehouse;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the services answer, and what the page is made of: every field with its type, nothing passed on unseen. */
public final class Contracts {
  private Contracts() {}

  public record Product(
      int id,
      String sku,
      String name,
      String brand,
      String category,
      boolean active,
      String description,
      List<String> tags,
      List<URI> images,
      Attributes attributes,
      Instant createdAt,
      Instant updatedAt) {}

  public record Attributes(
      String colour, BigDecimal weightKg, int width, int height, String origin) {}

  public record Price(
      int productId,
      BigDecimal amount,
      String currency,
      BigDecimal listAmount,
      BigDecimal taxRate,
      Instant validUntil) {}

  public record Stock(
      int productId, String warehouse, int qty, int reserved, List<Bin> bins, Instant updatedAt) {}

  public record Bin(String aisle, int qty) {}

  /** As the service answers it. */
  public record ReviewEntry(
      int id, int authorId, int rating, String title, String text, Instant createdAt) {}

  public record Author(int id, String name, URI avatar) {}

  /** As the page shows it. */
  public record Review(
      int id, int rating, String title, String text, Instant createdAt, Author author) {}

  public record Page(
      int id,
      Product product,
      Price price,
      Stock stock,
      List<Review> reviews,
      List<Integer> recommendations) {}

  /** What a query can ask for. */
  public record ProductView(
      int id,
      String name,
      String brand,
      String description,
      @Nullable PriceView price,
      @Nullable StockView stock,
      List<ReviewView> reviews) {}

  public record PriceView(BigDecimal amount, String currency) {}

  public record StockView(String warehouse, int qty) {}

  public record ReviewView(
      int id,
      int rating,
      String title,
      String text,
      @Nullable AuthorView author) {}

  public record AuthorView(int id, String name, URI avatar) {}

  /** Which products a list shows. */
  public record ProductIds(List<Integer> ids) {}
}
