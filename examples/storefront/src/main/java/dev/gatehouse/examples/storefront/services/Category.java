package dev.gatehouse.examples.storefront.services;

import java.util.List;

/**
 * What the shop sells, in words: every variant of every thing is one product.
 *
 * @param cheapest the lowest price, in whole euros
 * @param dearest the highest price, in whole euros
 */
record Category(
    String name,
    int cheapest,
    int dearest,
    List<String> variants,
    List<String> things,
    List<String> praise) {

  static final List<Category> ALL = List.of(
      new Category(
          "kitchen",
          9,
          189,
          List.of("Copper", "Enamelled", "Everyday", "Matte-Black", "Brushed-Steel"),
          list("""
              Pour-Over Kettle, Chef’s Knife, Crêpe Pan, 12" Skillet, Espresso Maker, Mixing
              Bowl Set, Bread Box, Pepper Mill, Salad Spinner, Milk Jug 0.5 l"""),
          List.of(
              "Heats evenly and cleans easily.",
              "Dishwasher-safe, but not on Sundays 🍳.",
              "À table!")),
      new Category(
          "audio",
          39,
          899,
          List.of("Studio", "Compact", "Walnut", "Second-Generation", "Reference"),
          list("""
              Open-Back Headphones, Bookshelf Speaker, Belt-Drive Turntable, USB-C Microphone,
              Kitchen Radio, Noise-Cancelling Earbuds, Headphone Amplifier, Soundbar, Field
              Recorder, Metronome"""),
          List.of(
              "20 Hz to 20 kHz, ±1 dB.",
              "Warm mids, honest bass 🎧.",
              "Quiet where it should be.")),
      new Category(
          "outdoors",
          15,
          429,
          List.of("Ultralight", "All-Season", "Alpine", "Weekend", "Fjäll"),
          list("""
              Two-Person Tent, Down Sleeping Bag, Trekking Poles, Headlamp, Gas Stove, Dry Bag
              20 l, Insulated Bottle, Daypack, Hammock, Camping Chair"""),
          List.of(
              "Tested at −15 °C in Jokkmokk.",
              "Packs down to the size of a loaf 🏕️.",
              "Rain? What rain?")),
      new Category(
          "cycling",
          7,
          159,
          List.of("Commuter", "Gravel", "Touring", "Reflective", "Featherweight"),
          list("""
              Floor Pump, Bar Bag, Helmet, 29" Inner Tube, Rear Light, Saddle, Bottle Cage,
              Rain Cape, Chain Lock, Multi-Tool"""),
          List.of(
              "Weighs less than a bidon 🚲.",
              "Fits bars of 25.4 to 31.8 mm.",
              "Made for cobbles.")),
      new Category(
          "stationery",
          3,
          129,
          List.of("Midnight-Blue", "Linen", "Classic", "Recycled", "“Atelier”"),
          list("""
              Fountain Pen, Dot-Grid Notebook, Desk Pad, Ink Bottle 50 ml, Washi Tape Set,
              Letter Opener, Pencil Case, Wall Calendar, Postcard Box, Sketchbook A4"""),
          List.of(
              "Paper of 120 g/m², no bleed-through.",
              "和紙 from Echizen.",
              "For lists of things to do ✍️.")),
      new Category(
          "home",
          12,
          349,
          List.of("Sand", "Forest-Green", "Hand-Woven", "Minimal", "Vintage"),
          list("""
              Table Lamp, Wool Blanket, Linen Cushion, Wall Clock, Door Mat, Candle Holder,
              Picture Frame 30 × 40, Laundry Basket, Coat Rack, Café Curtain"""),
          List.of(
              "Hygge, but without the fuss 🕯️.",
              "Oeko-Tex® certified.",
              "Looks better every year.")),
      new Category(
          "garden",
          6,
          219,
          List.of("Galvanised", "Balcony", "Heirloom", "Heavy-Duty", "Terracotta"),
          list("""
              Pruning Shears, Watering Can, Raised Bed, Bulb Planter, Bird Feeder, Kneeling
              Pad, Garden Hose 15 m, Herb Planter, Solar Lantern, Compost Bin"""),
          List.of("Frost-proof down to −20 °C.", "The robins approve 🌱.", "Für Balkon & Garten.")),
      new Category(
          "toys",
          5,
          99,
          List.of("Rainbow", "My-First", "Deluxe", "Travel-Size", "Night-Sky"),
          list("""
              Wooden Train, Memory Game, Marble Run, Kite, 500-Piece Puzzle, Building Blocks,
              Plush Fox, Watercolour Set, Magic Kit, Balance Board"""),
          List.of(
              "Ages 3 to 99 🧸.",
              "No batteries, no screens.",
              "Beech from the Czech Republic, číslo 1.")));

  private static List<String> list(String commaSeparated) {
    return List.of(commaSeparated.split(",\\s+"));
  }
}
