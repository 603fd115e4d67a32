package org.distillgrid.kd.distill;

/**
 * A term of a loss as its method declares it before training.
 *
 * @param name the term's name, the same as in {@link LossTerms}
 * @param weight its factor in the loss; 0 if it has no part in it
 * @param kind whether another method can weight it in space
 * @param claim whether its weight holds in a sum where another method has the same term
 */
public record DeclaredTerm(String name, double weight, Kind kind, Claim claim) {
  /** Whose weight holds where several methods of a sum have a term. */
  public enum Claim {
    /** This one's: others must have the same. */
    FIRM,
    /** The others'. */
    YIELDING
  }

  /** A term whose weight holds. */
  public DeclaredTerm(String name, double weight, Kind kind) {
    this(name, weight, kind, Claim.FIRM);
  }

  /** Whether a term can be weighted in space. */
  public enum Kind {
    /** A number that does not come from single pixels. */
    PLAIN,
    /** A mean over the pixels of images: {@link LossTerms#andPixelwise}. */
    PIXELWISE
  }

  /** Returns a term that cannot be weighted in space. */
  public static DeclaredTerm of(String name, double weight) {
    return new DeclaredTerm(name, weight, Kind.PLAIN);
  }

  /** Returns a term that another method can weight in space. */
  public static DeclaredTerm pixelwise(String name, double weight) {
    return new DeclaredTerm(name, weight, Kind.PIXELWISE);
  }

  /** Returns this term where its weight is only that of a method that stands alone. */
  public DeclaredTerm yielding() {
    return new DeclaredTerm(name, weight, kind, Claim.YIELDING);
  }

  /** Returns whether it is the same term and has the same weight. */
  boolean agreesWith(DeclaredTerm other) {
    return kind == other.kind && weight == other.weight;
  }

  /** Returns whether it has a part in the loss. */
  boolean counts() {
    return weight > 0;
  }
}
