function showBits() {
  const part = section("bits", "PSNR against bits",
    "How much is lost with fewer bits, and which method keeps most of it.", "summary", "Bits");
  if (!part) return;
  const chosen = choices(controls(part), data.summary, [BY_DATASET, BY_STUDENT, BY_QUANTIZER], () => draw());
  const draw = chart(part, {
    id: "chart-bits", height: 420, title: "PSNR by method at each bit-width",
    label: "Line chart: mean PSNR in decibels of each method at each bit-width, with teacher and bicubic interpolation or input as lines",
    caption: "Mean PSNR over the test set and the seeds, dB; bars are ± one standard deviation over seeds. Dashed lines are references; of one far above or below an arrow tells.",
    option() {
      const rows = data.summary.filter(chosen);
      return bitsOption(rows, data.references.filter((row) => rows.length && row.dataset === rows[0].dataset));
    },
  });
}

// A reference further away than this, in spans of the cells, would press all cells into one line.
const FAR = 2;

function bitsOption(rows, references) {
  const bits = distinct(rows.map((row) => row.bits)).sort(byBits);
  const methods = METHODS.filter((method) => rows.some((row) => row.label === method));
  const series = [];
  methods.forEach((method, place) => {
    const { color, symbol, dash } = styleOf(method);
    const aside = (place - (methods.length - 1) / 2) * Math.min(0.08, 0.6 / methods.length);
    const own = rows.filter((row) => row.label === method).sort((one, other) => byBits(one.bits, other.bits));
    series.push({
      type: "line", name: method, symbol, symbolSize: 9, color, lineStyle: { color, type: dash },
      data: own.map((row) => ({ value: [bits.indexOf(row.bits) + aside, row.psnr_mean], row })),
      tooltip: { formatter: ({ data: point }) => lines(method, `${point.row.bits}: ${fixed(point.row.psnr_mean, 3)} dB ± ${fixed(point.row.psnr_std, 3) || "unknown"} (n = ${point.row.n})`) },
    });
    series.push(whiskers(own.filter((row) => row.psnr_std !== null).map((row) => [
      bits.indexOf(row.bits) + aside, row.psnr_mean, row.psnr_mean - row.psnr_std, row.psnr_mean + row.psnr_std]), color));
  });
  const away = distance(rows);
  references.filter((row) => away(row) === 0).forEach((row) => series.push({
    type: "line", name: row.trial_id, symbol: "none", silent: true, color: theme().faint, lineStyle: { type: "dashed", color: theme().faint },
    data: [[-0.5, row.psnr], [bits.length - 0.5, row.psnr]],
    endLabel: { show: false },
    markPoint: { symbol: "circle", symbolSize: 1, silent: true, data: [{ coord: [bits.length - 0.5, row.psnr] }],
      label: { show: true, position: "left", offset: [-2, -9], color: theme().faint, formatter: `${row.trial_id} ${fixed(row.psnr, 2)}` } },
  }));
  return {
    series,
    graphic: [far(references.filter((row) => away(row) > 0), "↑", "top"), far(references.filter((row) => away(row) < 0), "↓", "bottom")],
    legend: { ...common().legend, data: methods },
    xAxis: axis("bits of weights and activations", {
      min: -0.5, max: bits.length - 0.5, interval: 0.5, scale: false, splitLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: theme().ink, showMinLabel: false, showMaxLabel: false, formatter: (at) => bits[at] || "" },
    }),
    yAxis: upright("PSNR, dB"),
  };
}

/** Returns what tells of a reference whether it lies far above the cells, 1, far below, −1, or near, 0. */
function distance(rows) {
  const ends = rows.flatMap((row) => [row.psnr_mean - (row.psnr_std ?? 0), row.psnr_mean + (row.psnr_std ?? 0)]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const most = FAR * Math.max(high - low, 0.1);
  return (row) => (row.psnr > high + most ? 1 : row.psnr < low - most ? -1 : 0);
}

function far(references, arrow, edge) {
  return { type: "text", right: 28, [edge]: edge === "top" ? 50 : 62, silent: true,
    style: { text: references.map((row) => `${arrow} ${row.trial_id} ${fixed(row.psnr, 2)}`).join("   "), fill: theme().faint, font: "12px system-ui, 'DejaVu Sans', sans-serif" } };
}
