package org.distillgrid.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.List;
import java.util.Set;
import org.distillgrid.kd.Floors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestFloors {
  private static final Floors FLOORS =
      new Floors(
          "org.distillgrid.jobs",
          List.of(
              List.of("cli"),
              List.of("watch", "page"),
              List.of("run"),
              List.of("prepare", "score", "shared", "predict", "report", "export", "draft"),
              // What runs on the driver stands above what runs on an executor.
              List.of("fleet"),
              List.of("worker"),
              // Rows are made from results.
              List.of("table"),
              List.of("journal", "input"),
              List.of("folder", "cluster"),
              List.of("plan"),
              List.of("spec")),
          List.of());

  private static final Set<String> FRAMES =
      Set.of("DataFrameReader", "DataFrameWriter", "DataFrameWriterV2", "DataStreamWriter");

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
  void theJournalNeedsNoEngine() {
    noClasses()
        .that()
        .resideInAPackage("..jobs.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .allowEmptyShould(true)
        .because("what happened can be read where there is no PyTorch")
        .check(classes);
  }

  @Test
  void tensorArithmeticIsTheLibrarys() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "ai.djl.ndarray", "ai.djl.ndarray.index..", "ai.djl.nn..", "ai.djl.training..")
        .because("jobs moves data and trials over a cluster and does no tensor arithmetic")
        .check(classes);
  }

  @Test
  void onlyTableReadsAndWritesParquet() {
    DescribedPredicate<JavaMethodCall> parquet =
        describe("read or write Parquet", TestFloors::isParquet);
    noClasses()
        .that()
        .resideOutsideOfPackage("..jobs.table..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.parquet..")
        .orShould()
        .callMethodWhere(parquet)
        .because("two writers of one folder lose rows: the driver publishes through table alone")
        .check(classes);
    assertThat(classes.that(DescribedPredicate.alwaysTrue()))
        .as("the rule sees the calls that it forbids elsewhere")
        .anyMatch(type -> type.getMethodCallsFromSelf().stream().anyMatch(TestFloors::isParquet));
  }

  private static boolean isParquet(JavaMethodCall call) {
    boolean writes =
        Set.of("parquet", "save", "saveAsTable", "insertInto").contains(call.getName());
    return writes && FRAMES.contains(call.getTargetOwner().getSimpleName());
  }
}
