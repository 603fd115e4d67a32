package org.distillgrid.kd.distill;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a name spells what it meant in the first version. */
public final class FirstRecipes {
  /** The options of SPARK, each with its comma. */
  public static final String SPARK =
      "loss=l1,map=normal,normalise=mean,policy=wide,reward=psnr,warmup=0.1,";

  private static final Map<String, String> OPTIONS =
      Map.of(
          "spark", SPARK,
          "fakd", "weight=10,end=trunk,",
          "at", "weight=1000,end=trunk,",
          "rkd", "distance=25,angle=50,",
          "csd", "weight=200,",
          "fitnet", "range=one,",
          "mipkd", "range=one,",
          "dukd", "pixel=1,",
          "dckd",
              "crossEntropy=paper,unit=run,stage=0.4,interval1=0.004,interval2=0.008,"
                  + "interval3=0.012,");
  private static final Pattern METHOD = Pattern.compile("(\\w+)(?:\\(([^)]*)\\))?");

  private FirstRecipes() {}

  /** Returns a method or a sum as the first version read it. */
  public static String of(String text) {
    StringBuilder spelled = new StringBuilder();
    Matcher method = METHOD.matcher(text);
    while (method.find()) {
      String name = method.group(1);
      String options = OPTIONS.getOrDefault(name, "");
      if (text.contains("+")) {
        options = options.replace("loss=l1,", "");
      }
      method.appendReplacement(spelled, name + with(options, method.group(2)));
    }
    return method.appendTail(spelled).toString();
  }

  // What a name sets itself takes the place of what it meant without.
  private static String with(String former, String set) {
    Map<String, String> values = new TreeMap<>();
    String all = former;
    if (set != null) {
      all = former + set;
    }
    for (String assignment : all.split(",", -1)) {
      if (!assignment.isEmpty()) {
        String[] sides = assignment.split("=", -1);
        values.put(sides[0], sides[1]);
      }
    }
    if (values.isEmpty()) {
      return "";
    }
    String spelled = values.toString();
    return "(" + spelled.substring(1, spelled.length() - 1).replace(" ", "") + ")";
  }
}
