package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Opens a page as people do, in Chromium. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestPageInBrowser {
  private static final List<String> CHARTS =
      List.of(
          "chart-bits",
          "chart-pareto-size",
          "chart-pareto-operations",
          "chart-pareto-latency",
          "chart-differences",
          "chart-tuning",
          "chart-curves",
          "chart-images",
          "chart-weights",
          "chart-difficulty",
          "chart-gains");
  private static final String UNITS = ".*(dB|KiB|ms|%|step|10⁹ bit operations).*";

  private static final String SCROLL =
      "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";

  private Browser browser;
  private Path page;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(
        Browser.isInstalled(), "Not tested: apt-get install chromium chromium-driver brings them");
    page = Files.writeString(folder.resolve("report.html"), PageText.of(SamplePage.sections()));
    browser = new Browser();
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private List<String> column(String table, int number) {
    return browser
        .driver()
        .findElements(By.cssSelector("#" + table + " tbody tr td:nth-child(" + number + ")"))
        .stream()
        .map(WebElement::getText)
        .toList();
  }

  private void click(String path) {
    WebElement found = browser.driver().findElement(By.xpath(path));
    browser.driver().executeScript(SCROLL, found);
    found.click();
  }

  @ParameterizedTest
  @CsvSource({"400, LIGHT", "400, DARK", "1600, LIGHT", "1600, DARK"})
  void drawsEveryChartWithinItsWidth(int width, Browser.Scheme scheme) {
    browser.open(page, width, scheme);

    assertThat(browser.console()).isEmpty();
    for (String id : CHARTS) {
      WebElement chart = browser.driver().findElement(By.id(id));
      assertThat(chart.getDomAttribute("role")).isEqualTo("img");
      assertThat(chart.getDomAttribute("aria-label")).as(id).hasSizeGreaterThan(30);
      assertThat(chart.findElements(By.cssSelector("svg path")).size()).as(id).isGreaterThan(5);
      assertThat((Boolean) browser.ask(hasOnlyNumbers(id))).as(id).isTrue();
      assertThat((List<?>) browser.ask(axes(id)))
          .as(id)
          .anySatisfy(name -> assertThat(name.toString()).matches(UNITS));
    }
    assertThat(browser.driver().findElements(By.className("chart"))).hasSize(CHARTS.size());
    assertThat((Long) browser.ask("document.documentElement.scrollWidth"))
        .isLessThanOrEqualTo(width);
  }

  private static String axes(String id) {
    return instance(id)
        + ".getOption()[\"xAxis\"].concat("
        + instance(id)
        + ".getOption()[\"yAxis\"]).map((axis) => axis.name || \"\")";
  }

  // A point without a place would be drawn at NaN.
  private static String hasOnlyNumbers(String id) {
    return "!document.getElementById('" + id + "').innerHTML.includes('NaN')";
  }

  private static String instance(String id) {
    return "echarts.getInstanceByDom(document.getElementById('" + id + "'))";
  }

  @Test
  void followsThePreferredColours() {
    String paper = "getComputedStyle(document.body).backgroundColor";
    browser.open(page, 1200, Browser.Scheme.LIGHT);
    assertThat(browser.ask(paper)).isEqualTo("rgb(255, 255, 255)");
    Object light = browser.ask(instance("chart-bits") + ".getOption().textStyle.color");
    browser.open(page, 1200, Browser.Scheme.DARK);
    assertThat(browser.ask(paper)).isEqualTo("rgb(20, 23, 27)");
    assertThat(browser.ask(instance("chart-bits") + ".getOption().textStyle.color"))
        .isNotEqualTo(light);
  }

  @Test
  void sortsByAClickOnATitle() {
    browser.open(page, 1600, Browser.Scheme.LIGHT);
    String title = "//table[@id='summary-table']//th/button[text()='PSNR, dB']";
    click(title);
    List<String> falling = column("summary-table", 7);
    assertThat(falling).hasSize(28).isSortedAccordingTo(Comparator.reverseOrder());
    click(title);
    assertThat(column("summary-table", 7)).isSorted().doesNotContainSequence(falling);
    assertThat(
            browser.ask(
                "document.querySelectorAll('#summary-table th[aria-sort=ascending]').length"))
        .isEqualTo(1L);
  }

  @Test
  void filtersByChipsAndWords() {
    browser.open(page, 1600, Browser.Scheme.LIGHT);
    click("//section[@id='summary']//button[text()='w4a4']");
    assertThat(column("summary-table", 3)).hasSize(8).containsOnly("w4a4");
    click("//section[@id='summary']//button[text()='Set5']");
    assertThat(column("summary-table", 1)).hasSize(4).containsOnly("Set5");
    browser
        .driver()
        .findElement(By.cssSelector("#summary input[type=search]"))
        .sendKeys("SPARK edsr");
    assertThat(column("summary-table", 5)).containsExactly("spark");
    assertThat(browser.driver().findElement(By.cssSelector("#summary .count")).getText())
        .isEqualTo("1 of 28 rows");
  }

  @Test
  void drawsWhatIsChosen() {
    browser.open(page, 1600, Browser.Scheme.LIGHT);
    String drawn = instance("chart-curves") + ".getOption().series.length";
    assertThat(browser.ask(drawn)).isEqualTo(8L);
    for (String wanted : List.of("loss/l1", "1", "spark")) {
      click("//section[@id='curves']//option[text()='" + wanted + "']");
    }
    assertThat(browser.ask(drawn)).isEqualTo(1L);
    assertThat(browser.ask(instance("chart-curves") + ".getOption().yAxis[0].name"))
        .isEqualTo("loss/l1, no unit");
  }

  @Test
  void showsMapsOverTime() {
    browser.open(page, 400, Browser.Scheme.LIGHT);
    assertThat(browser.driver().findElements(By.cssSelector("#maps .map img"))).hasSize(2);
    assertThat(browser.driver().findElement(By.cssSelector("#maps .map")).getText())
        .containsSubsequence("After step 10", "At the end");
  }

  @Test
  void saysWhichCandidateIsChosen() {
    browser.open(page, 1600, Browser.Scheme.LIGHT);
    assertThat(column("tuning-table", 5)).contains("weight=4.0").hasSize(9);
    click("//section[@id='tuning']//th/button[text()='Chosen']");
    assertThat(column("tuning-table", 5).subList(0, 3)).containsOnly("weight=0.4");
    assertThat(browser.driver().findElements(By.cssSelector("#tuning tr.best"))).hasSize(3);
    click("//section[@id='tuning']//th/button[text()='Validation PSNR, dB']");
    assertThat(column("tuning-table", 6))
        .containsExactly("30.400", "30.400", "30.400", "30.040", "30.040", "30.040", "", "", "");
  }

  @Test
  void printsEveryPartWithChartsAsWideAsPaper() {
    browser.open(page, 1600, Browser.Scheme.DARK);
    String widths =
        "[...document.querySelectorAll('.chart svg')].map((svg) => Number(svg.getAttribute('width')))";
    browser
        .driver()
        .executeScript(
            "window.addEventListener('beforeprint', () => { window.printed = " + widths + "; })");
    String printed = browser.printed();

    List<WebElement> parts = browser.driver().findElements(By.tagName("h2"));
    assertThat(parts).hasSize(14);
    assertThat(parts)
        .allSatisfy(part -> assertThat(printed).contains("/Title (" + part.getText() + ")"));
    assertThat((List<?>) browser.ask("window.printed"))
        .hasSize(CHARTS.size())
        .allMatch(width -> width.equals(680L));
    assertThat((List<?>) browser.ask(widths)).noneMatch(width -> width.equals(680L));
  }

  @Test
  void magnifiesAllCropsAtOnce() {
    browser.open(page, 1600, Browser.Scheme.LIGHT);
    WebElement view = browser.driver().findElement(By.cssSelector("#crops .view"));
    browser.driver().executeScript(SCROLL, view);
    new Actions(browser.driver()).moveToElement(view).perform();
    assertThat(browser.driver().findElements(By.cssSelector("#crops .view img")))
        .hasSize(6)
        .allSatisfy(image -> assertThat(image.getDomAttribute("style")).contains("scale(4)"));
  }

  @Test
  void whatARunIsCalledStaysText() {
    browser.open(page, 1600, Browser.Scheme.LIGHT);
    assertThat(browser.ask("document.querySelectorAll('img[src=x]').length")).isEqualTo(0L);
    assertThat(column("failures-table", 5)).containsExactly("spark");
    assertThat(browser.driver().findElement(By.id("asked")).getText()).contains(SamplePage.HOSTILE);
    assertThat(browser.driver().findElement(By.id("failures-table")).getText())
        .contains("loss is not finite " + SamplePage.HOSTILE);
    assertThat(browser.console()).isEmpty();
  }
}
