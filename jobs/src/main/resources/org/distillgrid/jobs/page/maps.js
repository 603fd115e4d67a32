const WEIGHT_SERIES = /^method\/(.+)\/weight\/(.+)_q([1-4])$/;

/** Where methods distil: the maps at the end beside the signals, and the weights over time. */
function showMaps() {
  const part = section("maps", "Where it distils",
    "Methods such as spark weight the pixels that they distil. Each picture is a validation patch: input, the four signals (black 0, white 1) and "
    + "the weights, at quarters of the training where they were kept and at its end (black 0, mid-grey 1, white 2). The chart shows how the weights came about.", "maps", "Maps");
  if (!part) return;
  const grid = el("div", { class: "grid" });
  for (const map of data.maps) {
    grid.append(el("figure", { class: "map" }, el("h3", {}, `${map.cell.method} at ${map.cell.bits}`),
      map.course.map(({ step, source }) => [el("p", { class: "lead" }, `After step ${step}`),
        el("img", { src: source, alt: `Patch 0 of ${map.cell.method} at ${map.cell.bits} after step ${step}: input, four signals and weights` })]),
      map.course.length ? el("p", { class: "lead" }, "At the end") : null,
      map.sources.map((source, place) => el("img", { src: source, alt: `Patch ${place} of ${map.cell.method} at ${map.cell.bits}: input, four signals and weights` })),
      el("figcaption", {}, `${map.cell.student}, seed ${map.seed}, trial ${map.id}`)));
  }
  weightsOverTime(part);
  part.append(grid);
}

function weightsOverTime(part) {
  const trials = data.curves ? data.curves.trials : [];
  const rows = trials.flatMap((trial) => trial.series.map((series) => ({ ...trial.cell, seed: trial.seed, series, found: series.name.match(WEIGHT_SERIES) })))
    .filter((row) => row.found).map((row) => ({ ...row, signal: row.found[2], quarter: Number(row.found[3]) }));
  if (!rows.length) return;
  const chosen = choices(controls(part), rows, [["Method", (row) => row.method], BY_STUDENT, BY_BITS, BY_QUANTIZER,
    ["Seed", (row) => String(row.seed)], ["Signal", (row) => row.signal]], () => draw());
  const draw = chart(part, {
    id: "chart-weights", title: "Weight where a signal is low and where it is high", height: 360,
    label: "Line chart: mean weight of the quarters of cells in which a signal is lowest to highest, against steps",
    caption: "Mean weight, no unit, of the quarter of cells in which the signal is lowest (1) to highest (4) in its image, against steps.",
    option: () => weightsOption(rows.filter(chosen).sort((one, other) => one.quarter - other.quarter)),
  });
}

function weightsOption(rows) {
  const { palette, ink } = theme();
  return {
    series: rows.map((row) => ({
      type: "line", name: `quarter ${row.quarter}`, color: palette[row.quarter - 1], symbol: SYMBOLS[row.quarter - 1], symbolSize: 5,
      lineStyle: { color: palette[row.quarter - 1], type: DASHES[row.quarter % 3] },
      data: row.series.steps.map((step, place) => [step, row.series.values[place]]),
      tooltip: { formatter: ({ value }) => lines(`quarter ${row.quarter} of ${row.signal}`, `step ${value[0]}: ${plain(value[1])}`) },
    })),
    xAxis: axis("step", { min: 0 }),
    yAxis: upright("mean weight, no unit", { axisLabel: { color: ink, formatter: plain } }),
  };
}
