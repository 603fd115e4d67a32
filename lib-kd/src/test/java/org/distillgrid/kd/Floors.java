package org.distillgrid.kd;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The floors of a module: packages may import what lies below them, not what lies beside or above.
 *
 * @param root the module's root package
 * @param floors package names, the highest floor first
 * @param base packages that all floors may import
 */
public record Floors(String root, List<List<String>> floors, List<String> base) {

  /** Returns the module's compiled main classes. */
  public JavaClasses mainClasses() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
        .importPackages(root);
  }

  /** Returns the rule that imports run downwards only, and that every package has its floor. */
  public ArchRule rule() {
    ArchRule rule = everyPackageHasAFloor();
    for (int floor = 0; floor < floors.size(); floor++) {
      List<String> below =
          floors.subList(floor + 1, floors.size()).stream().flatMap(List::stream).toList();
      for (String room : floors.get(floor)) {
        rule = CompositeArchRule.of(rule).and(importsOnly(room, below));
      }
    }
    for (String room : base) {
      rule = CompositeArchRule.of(rule).and(importsOnly(room, List.of()));
    }
    return rule;
  }

  /** Returns the rule that no packages, sub-rooms of one floor included, import in a circle. */
  public ArchRule noCircle() {
    return slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("a room is understood before those that stand on it");
  }

  /** Returns the same rooms with the lowest floor on top, a house that cannot stand. */
  Floors upsideDown() {
    List<List<String>> reversed = new ArrayList<>(floors);
    Collections.reverse(reversed);
    return new Floors(root, reversed, base);
  }

  private ArchRule importsOnly(String room, List<String> below) {
    String[] allowed =
        Stream.of(Stream.of(room), below.stream(), base.stream())
            .flatMap(names -> names)
            .map(this::packages)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(packages(room))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(resideOutsideOfPackage(root + "..")))
        .allowEmptyShould(true)
        .because("imports run downwards only");
  }

  private ArchRule everyPackageHasAFloor() {
    String[] known =
        Stream.concat(floors.stream().flatMap(List::stream), base.stream())
            .map(this::packages)
            .toArray(String[]::new);
    return classes()
        .that()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(known)
        .because("every package has its floor");
  }

  private String packages(String room) {
    return root + "." + room + "..";
  }
}
