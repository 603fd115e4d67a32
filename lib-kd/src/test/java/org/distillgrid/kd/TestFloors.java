package org.distillgrid.kd;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestFloors {
  private static final Floors FLOORS =
      new Floors(
          "org.distillgrid.kd",
          List.of(
              List.of("export", "train"),
              List.of("eval"),
              List.of("distill", "quant"),
              List.of("model", "perceptual"),
              List.of("nn"),
              List.of("weights", "task", "difficulty", "prediction"),
              List.of("image")),
          List.of("registry", "random", "error"));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes = FLOORS.mainClasses();
    assertThat(classes).isNotEmpty();
  }

  @Test
  void importsRunDownwards() {
    FLOORS.rule().check(classes);
  }

  @Test
  void noRoomsImportEachOther() {
    FLOORS.noCircle().check(classes);
  }

  @Test
  void anUpwardImportIsFound() {
    assertThatThrownBy(() -> FLOORS.upsideDown().rule().check(classes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("imports run downwards only");
  }

  @Test
  void knowsNothingOfSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..")
        .because("any JVM program can use the library")
        .check(classes);
  }

  @Test
  void roomsOfWeightFilesLieAboveEachOther() {
    noClasses()
        .that()
        .resideInAnyPackage("org.distillgrid.kd.weights")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..weights.torch..", "..weights.file..")
        .because("weights hold the words, weights.torch one format, weights.file the choice")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("..weights.torch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..weights.file..")
        .because("a format knows nothing of the others")
        .check(classes);
  }

  @Test
  void gradientsAreStoppedWhereAPaperSaysSo() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..kd.quant..", "..kd.distill..", "..kd.difficulty..")
        .should()
        .callMethodWhere(target(nameStartingWith("stopGradient")))
        .because(
            "the straight-through estimator lives in quant; methods and signals detach as stated")
        .check(classes);
    assertThat(classes.get("org.distillgrid.kd.quant.StraightThrough").getMethodCallsFromSelf())
        .as("the rule sees the calls that it forbids elsewhere")
        .anyMatch(call -> call.getTargetOwner().isAssignableTo(NDArray.class))
        .anyMatch(call -> call.getName().equals("stopGradient"));
  }

  @Test
  void numbersOnTheTapeAreNotDjls() {
    noClasses()
        .should()
        .callMethodWhere(describe("multiply with a Java number", TestFloors::multipliesNumber))
        .because("DJL frees the number while the gradient tape may still need it; use nn.Scaled")
        .check(classes);
  }

  @Test
  void theHostReadsInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("HostValues")
        .should()
        .callMethodWhere(describe("read a tensor on the host", TestFloors::readsOnHost))
        .because("every reading waits for a GPU; use nn.HostValues, which a test counts")
        .check(classes);
    assertThat(classes.get("org.distillgrid.kd.nn.HostValues").getMethodCallsFromSelf())
        .as("the rule sees the calls that it forbids elsewhere")
        .anyMatch(TestFloors::readsOnHost);
  }

  private static boolean readsOnHost(JavaMethodCall call) {
    String name = call.getName();
    boolean one = name.matches("get(Float|Double|Int|Long|Uint8|Boolean|String)");
    return call.getTargetOwner().isAssignableTo(NDArray.class)
        && (one || name.matches("to\\w*(Array|Buffer)") || name.equals("contentEquals"));
  }

  private static boolean multipliesNumber(JavaMethodCall call) {
    return call.getTargetOwner().isAssignableTo(NDArray.class)
        && Set.of("mul", "div", "pow", "mod", "maximum", "minimum").contains(call.getName())
        && call.getTarget().getRawParameterTypes().stream()
            .anyMatch(parameter -> parameter.isEquivalentTo(Number.class));
  }

  @Test
  void drawsAreDerived() {
    noClasses()
        .should()
        .callMethod(Engine.class, "setRandomSeed", int.class)
        .orShould()
        .callMethodWhere(describe("draw from an engine's generator", TestFloors::drawsFromEngine))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .because("every draw derives from (trial, step, purpose); engine generators are shared")
        .check(classes);
  }

  private static boolean drawsFromEngine(JavaMethodCall call) {
    return call.getName().startsWith("random")
        && call.getTargetOwner().isAssignableTo(NDManager.class);
  }
}
