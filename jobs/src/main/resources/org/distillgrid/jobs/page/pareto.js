const COSTS = [
  { id: "size", title: "Packed size", unit: "packed file, KiB", of: (row) => row.packed_bytes, scale: 1024,
    absent: "No packed size is known." },
  { id: "operations", title: "Bit operations", unit: "10⁹ bit operations for a result of 1280×720", of: (row) => row.bit_operations, scale: 1e9,
    absent: "No bit operations are known." },
  { id: "latency", title: "Latency", unit: "one image in ONNX Runtime on one thread, ms", of: (row) => row.latency_ms, scale: 1,
    absent: "No trial has been exported with a measured latency: distill-grid export RUN TRIAL." },
];

function showPareto() {
  const part = section("pareto", "What quality costs",
    "Cells on the front are filled and joined: no other cell of the test set has as much PSNR for less. All students and quantisers are in it.", "summary", "Costs");
  if (!part) return;
  const draws = [];
  const chosen = choices(controls(part), data.summary, [BY_DATASET], () => draws.forEach((draw) => draw()));
  const grid = el("div", { class: "grid" });
  part.append(grid);
  for (const cost of COSTS) {
    const known = data.summary.filter((row) => typeof cost.of(row) === "number");
    if (!known.length) {
      grid.append(el("figure", {}, el("h3", {}, cost.title), el("p", { class: "absent" }, cost.absent)));
      continue;
    }
    draws.push(chart(grid, {
      id: "chart-pareto-" + cost.id, title: cost.title, height: 380,
      label: `Scatter chart: PSNR in decibels of each cell against ${cost.unit}; the Pareto front is a line`,
      caption: `PSNR, dB, against ${cost.unit}. Filled and joined: the front.`,
      option: () => paretoOption(known.filter(chosen), cost),
    }));
  }
}

function paretoOption(rows, cost) {
  const at = (row) => [cost.of(row) / cost.scale, row.psnr_mean];
  const isFront = (row) => row.fronts.includes(cost.id);
  const front = rows.filter(isFront).sort((one, other) => at(one)[0] - at(other)[0] || one.psnr_mean - other.psnr_mean);
  const { faint, paper, ink } = theme();
  const series = [{ type: "line", name: "front", data: front.map(at), symbol: "none", silent: true, lineStyle: { color: faint, width: 1.5 } }];
  for (const method of METHODS.filter((each) => rows.some((row) => row.label === each))) {
    const { color, symbol } = styleOf(method);
    series.push({
      type: "scatter", name: method, symbol, symbolSize: 11, color,
      data: rows.filter((row) => row.label === method).map((row) => ({
        value: at(row), row,
        itemStyle: isFront(row) ? { color, borderColor: ink, borderWidth: 1 } : { color: paper, borderColor: color, borderWidth: 2 },
        label: { show: isFront(row), position: "right", formatter: row.bits, color: ink, fontSize: 11 },
      })),
      labelLayout: { hideOverlap: true },
      tooltip: { formatter: ({ data: { row } }) => lines(`${row.student_label} ${row.bits} ${row.quantizer}`, row.label,
        `${fixed(row.psnr_mean, 3)} dB, ${plain(at(row)[0])} ${cost.unit}`, isFront(row) ? "on the front" : "") },
    });
  }
  const values = rows.map((row) => at(row)[0]);
  const wide = Math.max(...values) / Math.min(...values) > 20;
  return {
    series,
    legend: { ...common().legend, data: series.slice(1).map((each) => each.name) },
    xAxis: axis(cost.unit, { type: wide ? "log" : "value", axisLabel: { color: ink, formatter: plain, hideOverlap: true } }),
    yAxis: upright("PSNR, dB"),
  };
}
