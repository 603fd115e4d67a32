package org.distillgrid.jobs.fleet.agenda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestAgenda {
  private static Item alone(String id, double cost, String... needs) {
    return Item.of(id, Set.of(needs), Cost.of(cost));
  }

  private static Item member(String id, double cost, String company, String... needs) {
    return new Item(id, Set.of(needs), Cost.of(cost), Turn.LONGEST_FIRST, company);
  }

  private static Agenda agenda(int slots, int largest, Item... items) {
    Agenda agenda = new Agenda(slots, largest);
    Arrays.stream(items).forEach(agenda::add);
    return agenda;
  }

  private static List<String> next(Agenda agenda) {
    return agenda.next(1).orElseThrow();
  }

  @Test
  void whatIsNeededComesFirstAndTheLongestChainBeforeAll() {
    Agenda agenda =
        agenda(
            3,
            0,
            alone("short", 1),
            alone("after", 9, "teacher"),
            alone("teacher", 2),
            alone("long", 10));

    assertThat(next(agenda)).containsExactly("teacher");
    assertThat(next(agenda)).containsExactly("long");
    assertThat(next(agenda)).containsExactly("short");
    assertThat(agenda.next(1)).isEmpty();
    agenda.done("teacher");
    assertThat(next(agenda)).containsExactly("after");
    for (String id : List.of("short", "long", "after")) {
      assertThat(agenda.isOver()).isFalse();
      agenda.done(id);
    }
    assertThat(agenda.isOver()).isTrue();
  }

  @Test
  void whatComesAfterOthersWaitsForTheirEndWhateverThatIs() {
    Agenda agenda =
        agenda(
            3,
            0,
            alone("good", 1),
            alone("student", 1),
            alone("lost", 1, "student"),
            alone("own", 1),
            after("chosen", Set.of("own"), "good", "lost"),
            after("orphan", Set.of("student"), "good"));

    for (int i = 0; i < 3; i++) {
      assertThat(agenda.next(1)).isPresent();
    }
    assertThat(agenda.fail("student")).containsExactly("lost", "orphan");
    agenda.done("good");
    assertThat(agenda.next(1)).isEmpty();
    agenda.done("own");
    assertThat(next(agenda)).containsExactly("chosen");
    agenda.done("chosen");
    assertThat(agenda.isOver()).isTrue();
  }

  private static Item after(String id, Set<String> needs, String... earlier) {
    return new Item(id, needs, Set.of(earlier), Cost.of(1), Turn.LONGEST_FIRST, "");
  }

  @Test
  void someTakeNoSlotAndSomeGoFirst() {
    Agenda agenda =
        agenda(
            2,
            0,
            alone("long", 10),
            new Item("scores", Set.of(), Cost.of(0), Turn.BESIDE, ""),
            new Item("references", Set.of(), Cost.of(0), Turn.FIRST, ""));

    assertThat(agenda.nextBeside()).contains("scores");
    assertThat(agenda.nextBeside()).isEmpty();
    assertThat(next(agenda)).containsExactly("references");
    assertThat(next(agenda)).containsExactly("long");
  }

  @Test
  void oneSlotTakesAllOfACompanyOnceWhatItNeedsIsDone() {
    Agenda agenda =
        agenda(
            1,
            0,
            member("none", 90, "seed 0", "student"),
            member("logits", 90, "seed 0", "student", "teacher"),
            member("other", 99, "seed 1"),
            alone("student", 1),
            alone("teacher", 1));

    assertThat(next(agenda)).containsExactly("student");
    agenda.done("student");
    assertThat(next(agenda)).containsExactly("teacher");
    agenda.done("teacher");
    assertThat(next(agenda)).containsExactly("other");
    assertThat(next(agenda)).containsExactly("none", "logits");
  }

  @Test
  void whatFailsTakesAllWithItThatNeedIt() {
    Agenda agenda =
        agenda(
            2,
            0,
            alone("student", 1),
            alone("trial", 1, "student"),
            alone("export", 1, "trial", "other"),
            alone("other", 1));

    assertThat(agenda.next(2)).isPresent();
    assertThat(agenda.fail("student")).containsExactly("trial", "export");
    assertThat(next(agenda)).containsExactly("other");
    agenda.done("other");
    assertThat(agenda.isOver()).isTrue();
    assertThat(agenda.next(1)).isEqualTo(Optional.empty());
  }

  @Test
  void whatNeedNotBeDoneIsTakenOffWhereverItStands() {
    Agenda agenda =
        agenda(
            1,
            0,
            alone("found before", 1),
            alone("ready", 1),
            alone("waits", 1, "first"),
            alone("first", 2, "found before"),
            alone("last", 1, "waits"));
    agenda.done("found before");

    assertThat(next(agenda)).containsExactly("first");
    agenda.done("waits");
    agenda.done("ready");
    assertThat(next(agenda)).containsExactly("last");
    agenda.done("first");
    agenda.done("last");
    assertThat(agenda.isOver()).isTrue();
    assertThat(agenda.next(1)).isEmpty();
  }

  @Test
  void keepsTheBoundOnACohortAndNeverMixesCompanies() {
    Agenda agenda = new Agenda(1, 3);
    for (int i = 0; i < 8; i++) {
      agenda.add(member("a" + i, 1, "seed 0"));
      agenda.add(member("b" + i, 1, "seed 1"));
    }
    for (int size : List.of(3, 3, 3, 3, 2, 2)) {
      List<String> cohort = next(agenda);
      assertThat(cohort).hasSize(size);
      assertThat(cohort.stream().map(id -> id.charAt(0)).distinct()).hasSize(1);
    }
    assertThat(agenda.next(1)).isEmpty();
  }

  @Test
  void whatSharesACostGoesTogether() {
    Agenda agenda = new Agenda(2, 0);
    for (int i = 0; i < 4; i++) {
      agenda.add(member("none" + i, 1, "seed 0"));
      Cost taught = new Cost(1, 3);
      agenda.add(new Item("logits" + i, Set.of(), taught, Turn.LONGEST_FIRST, "seed 0"));
    }

    assertThat(agenda.next(2)).contains(List.of("logits0", "logits1"));
    assertThat(next(agenda)).containsExactly("logits2", "logits3");
    assertThat(next(agenda)).containsExactly("none0");
  }

  @Test
  void noSlotTakesMoreThanFallToEachHoweverCheap() {
    Agenda agenda = new Agenda(2, 0);
    agenda.add(member("long", 1000, "seed 0"));
    for (int i = 0; i < 7; i++) {
      agenda.add(member("cheap" + i, 0, "seed 1"));
    }

    assertThat(next(agenda)).containsExactly("long");
    assertThat(next(agenda)).hasSize(Agenda.mostTogether(8, 2, 0)).hasSize(4);
    assertThat(next(agenda)).hasSize(3);
    assertThat(Agenda.mostTogether(8, 3, 2)).isEqualTo(2);
  }

  @Test
  void refusesWhatCannotBeDone() {
    assertThatThrownBy(() -> new Agenda(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> agenda(1, 0, alone("a", 1), alone("a", 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> agenda(1, 0, alone("a", 1, "b")).next(1))
        .hasMessage("There is no item b");
    assertThatThrownBy(() -> agenda(1, 0, alone("a", 1, "b"), alone("b", 1, "a")).next(1))
        .hasMessage("Items need each other in a circle");
    assertThatThrownBy(() -> Cost.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
