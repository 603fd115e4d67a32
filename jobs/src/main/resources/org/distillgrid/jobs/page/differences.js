const DIFFERENCE_COLUMNS = [
  { title: "Student", value: (row) => row.student },
  { title: "Bits", value: (row) => row.bits, order: byBits },
  { title: "Quantiser", value: (row) => row.quantizer },
  { title: "Test set", value: (row) => row.dataset },
  { title: "Method", value: (row) => row.method },
  { title: "Seeds", number: true, value: (row) => row.seeds },
  { title: "Images", number: true, value: (row) => row.images },
  decibels("Difference, dB", "mean", (value) => signed(value, 4)),
  decibels("± seeds, dB", "deviation", (value) => fixed(value, 4)),
  { title: "p seeds", number: true, value: (row) => row.seedsP, show: (row) => fixed(row.seedsP, 3) },
  { title: "p images", number: true, value: (row) => row.imagesP, show: (row) => fixed(row.imagesP, 4) },
  { title: "p Holm", number: true, value: (row) => row.holm, show: (row) => fixed(row.holm, 4) },
];

function showDifferences() {
  const part = section("differences", "Differences between methods",
    "Each method less none, on the same seeds and images: as distill-grid compare tests it.", "differences", "Differences");
  if (!part) return;
  const bar = controls(part);
  const chosen = choices(bar, data.differences, [
    ["Test set", (row) => row.dataset, (one, other) => (other === "(all)") - (one === "(all)") || one.localeCompare(other)],
    BY_STUDENT, BY_BITS, BY_QUANTIZER,
  ], () => draw());
  const seeds = data.differences.some((row) => row.seeds > 1);
  const over = choose(bar, "Interval over", seeds ? ["seeds", "images"] : ["images"], () => draw());
  const height = 110 + 34 * METHODS.length;
  const draw = chart(part, {
    id: "chart-differences", height: Math.max(260, height), title: "PSNR less that of none",
    label: "Dot chart: mean difference in decibels of each method to none, with 95 % confidence intervals",
    caption: "Mean difference of PSNR, dB, with the 95 % confidence interval (Student's t) over seeds or over images. Filled: p < 0.05 over images after Holm's correction.",
    option: (width) => differenceOption(data.differences.filter(chosen), over(), width),
  });
  const details = el("details", {}, el("summary", {}, "All differences with their tests"));
  part.append(details);
  table(details, "differences-table", DIFFERENCE_COLUMNS.map(blank), data.differences);
}

function differenceOption(found, over, width) {
  const rows = [...found].sort((one, other) => one.mean - other.mean);
  const half = (row) => (over === "seeds" ? row.seedsInterval : row.imagesInterval);
  const { ink, faint, paper } = theme();
  const series = rows.map((row, place) => {
    const { color, symbol } = styleOf(row.method);
    return {
      type: "scatter", name: row.method, symbol, symbolSize: 12,
      data: [{ value: [row.mean, place], itemStyle: row.holm !== null && row.holm < 0.05
        ? { color, borderColor: ink, borderWidth: 1 } : { color: paper, borderColor: color, borderWidth: 2 } }],
      tooltip: { formatter: () => lines(row.method, `${signed(row.mean, 4)} dB ± ${fixed(half(row), 4) || "unknown"} (95 %, over ${over})`,
        `${row.seeds} seeds, ${row.images} images`, `p seeds ${fixed(row.seedsP, 3) || "–"}, p Holm ${fixed(row.holm, 4) || "–"}`) },
    };
  });
  rows.forEach((row, place) => {
    if (half(row) !== null) series.push(whiskers([[row.mean, place, row.mean - half(row), row.mean + half(row)]], styleOf(row.method).color, true));
  });
  series.push({ type: "line", silent: true, data: [], markLine: { symbol: "none", silent: true, label: { show: false },
    data: [{ xAxis: 0 }], lineStyle: { color: faint, type: "dashed", width: 1 } } });
  const room = Math.min(260, width * 0.4);
  return {
    series, legend: { show: false },
    grid: { left: room, right: 24, top: 12, bottom: 52 },
    xAxis: axis("difference to none, dB", { scale: false }),
    yAxis: { type: "category", data: rows.map((row) => row.method), axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { color: ink, width: room - 14, overflow: "truncate" } },
  };
}
