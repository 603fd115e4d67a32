package org.distillgrid.jobs.plan;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Reads a method in whose parentheses options may have lists of values, in any part of a sum:
 * {@code spark(rate=[1e-3, 1e-2])+fakd}. Several lists multiply.
 */
final class MethodLists {
  private static final Pattern LIST =
      Pattern.compile("([^\\s(),=+\\[\\]]+)\\s*=\\s*\\[([^()=+\\[\\]]*)]");
  private static final Pattern BRACKET = Pattern.compile("[\\[\\]]");
  private static final int MOST_CANDIDATES = 1000;

  private final String text;
  private final Catalog catalog;
  private final List<String> between = new ArrayList<>();
  private final List<ListedValues> lists = new ArrayList<>();

  MethodLists(String text, Catalog catalog) {
    this.text = text;
    this.catalog = catalog;
  }

  /**
   * Returns the method.
   *
   * @throws GridException if it is unknown, or a list is empty, has a value twice or one that its
   *     option cannot have, or the lists multiply to more than {@value #MOST_CANDIDATES} candidates
   */
  GridMethod method() {
    split();
    refuseMany();
    List<int[]> places = places();
    List<MethodSum> methods = places.stream().map(this::plain).map(catalog::method).toList();
    for (int list = 0; list < lists.size(); list++) {
      for (int i = 0; i < methods.size(); i++) {
        lists.get(list).learn(places.get(i)[list], methods.get(i));
      }
      lists.get(list).twice().ifPresent(this::refuseTwice);
    }
    if (methods.size() == 1) {
      MethodSum only = methods.get(0);
      return new GridMethod(only.canonical(), List.of(new Candidate(only, "", false)));
    }
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      candidates.add(candidate(methods.get(i), places.get(i)));
    }
    return new GridMethod(new TunedSpelling(methods.get(0), lists).text(), candidates);
  }

  private void split() {
    Matcher matcher = LIST.matcher(text);
    int from = 0;
    int part = 0;
    while (matcher.find()) {
      String before = text.substring(from, matcher.start(2) - 1);
      part += (int) before.chars().filter(letter -> letter == '+').count();
      between.add(before);
      lists.add(new ListedValues(part, matcher.group(1), values(matcher)));
      from = matcher.end();
    }
    between.add(text.substring(from));
    if (between.stream().anyMatch(piece -> BRACKET.matcher(piece).find())) {
      throw refusal("write a list of values as option=[value, value] in its parentheses");
    }
  }

  // Before any candidate is made: a few long lists multiply to more than memory holds.
  private void refuseMany() {
    BigInteger candidates =
        lists.stream()
            .map(list -> BigInteger.valueOf(list.size()))
            .reduce(BigInteger.ONE, BigInteger::multiply);
    if (candidates.compareTo(BigInteger.valueOf(MOST_CANDIDATES)) > 0) {
      throw refusal(
          "its lists multiply to %,d candidates, more than %,d; shorten them",
          candidates, MOST_CANDIDATES);
    }
  }

  private List<String> values(Matcher list) {
    String key = list.group(1);
    if (list.group(2).isBlank()) {
      throw refusal("the list of %s is empty", key);
    }
    List<String> values = Arrays.stream(list.group(2).split(",", -1)).map(String::strip).toList();
    if (values.contains("")) {
      throw refusal("the list of %s lacks a value at a comma", key);
    }
    return values;
  }

  /** Returns, for every candidate, the place of its value in each list. */
  private List<int[]> places() {
    List<int[]> places = List.of(new int[lists.size()]);
    for (int list = 0; list < lists.size(); list++) {
      List<int[]> longer = new ArrayList<>();
      for (int[] begun : places) {
        for (int place = 0; place < lists.get(list).size(); place++) {
          int[] more = begun.clone();
          more[list] = place;
          longer.add(more);
        }
      }
      places = longer;
    }
    return places;
  }

  private String plain(int[] places) {
    StringBuilder plain = new StringBuilder(between.get(0));
    for (int list = 0; list < places.length; list++) {
      plain.append(lists.get(list).written(places[list])).append(between.get(list + 1));
    }
    return plain.toString();
  }

  private Candidate candidate(MethodSum method, int[] places) {
    List<String> options = new ArrayList<>();
    boolean atEdge = false;
    for (int list = 0; list < places.length; list++) {
      ListedValues values = lists.get(list);
      if (values.isChoice()) {
        options.add(values.key(method) + "=" + values.canonical(places[list]));
        atEdge |= values.isEdge(places[list]);
      }
    }
    return new Candidate(method, String.join(", ", options), atEdge);
  }

  private void refuseTwice(String value) {
    throw refusal("%s is in a list twice", value);
  }

  @FormatMethod
  private GridException refusal(@FormatString String format, Object... arguments) {
    return GridException.of(
        ErrorCode.USAGE,
        "Cannot tune method %s: %s",
        text,
        String.format(Locale.ROOT, format, arguments));
  }
}
