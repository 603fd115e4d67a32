function showCurves() {
  const part = section("curves", "Training curves",
    "What each trial noted while it trained: a click on a name in the legend hides it.", "curves", "Curves");
  if (!part) return;
  const { trials, count } = data.curves;
  if (trials.length < count) part.append(el("p", { class: "lead" }, `The first ${trials.length} of ${count} trials.`));
  const rows = trials.flatMap((trial) => trial.series.map((series) => ({ ...trial.cell, seed: trial.seed, id: trial.id, series })));
  const names = distinct(rows.map((row) => row.series.name)).sort((one, other) =>
    (other === "validation_psnr") - (one === "validation_psnr") || one.localeCompare(other));
  const bar = controls(part);
  const name = choose(bar, "Series", names, () => draw());
  const seed = choose(bar, "Seed", ["all", ...distinct(trials.map((trial) => String(trial.seed)))], () => draw());
  const method = choose(bar, "Method", ["all", ...distinct(trials.map((trial) => trial.cell.method))], () => draw());
  const chosen = choices(bar, rows, [BY_STUDENT, BY_BITS, BY_QUANTIZER], () => draw());
  const draw = chart(part, {
    id: "chart-curves", height: 400, title: "Course of the training",
    label: "Line chart: a series of the training against steps, a line for each trial",
    caption: "Means since the last point for losses, momentary values for others; steps are updates of the student.",
    option: () => curvesOption(rows.filter((row) => chosen(row) && row.series.name === name()
      && (seed() === "all" || String(row.seed) === seed()) && (method() === "all" || row.method === method())), name()),
  });
}

/** What a series is measured in. */
function unitOf(series) {
  if (series === "validation_psnr") return "PSNR on validation patches, dB";
  if (series === "learning_rate") return "learning rate";
  if (series.startsWith("loss/")) return `${series}, no unit`;
  return `${series.replace("method/", "")}, no unit`;
}

function curvesOption(rows, name) {
  return {
    series: rows.map((row) => {
      const { color, dash } = styleOf(row.method);
      return {
        type: "line", name: row.method, color, symbol: row.series.steps.length > 40 ? "none" : styleOf(row.method).symbol, symbolSize: 5,
        lineStyle: { color, type: dash, width: 1.8 },
        data: row.series.steps.map((step, place) => [step, row.series.values[place]]),
        tooltip: { formatter: ({ value }) => lines(`${row.method}, seed ${row.seed}`, `step ${value[0]}: ${plain(value[1])}`) },
      };
    }),
    legend: { ...common().legend, data: distinct(rows.map((row) => row.method)) },
    xAxis: axis("step", { min: 0 }),
    yAxis: upright(unitOf(name), { axisLabel: { color: theme().ink, formatter: plain } }),
  };
}
