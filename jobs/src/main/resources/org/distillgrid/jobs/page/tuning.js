const TUNING_COLUMNS = [
  { title: "Student", value: (row) => row.student_label },
  { title: "Bits", value: (row) => row.bits, order: byBits },
  { title: "Quantiser", value: (row) => row.quantizer },
  { title: "Method", value: (row) => row.tuned },
  { title: "Values", value: (row) => row.options },
  decibels("Validation PSNR, dB", "validation_psnr_mean", fixed),
  { title: "n", number: true, value: (row) => row.n },
  { title: "Chosen", value: (row) => (row.chosen ? "chosen" : "") },
  { title: "At the edge", value: (row) => (row.chosen && row.at_edge ? "at the edge" : "") },
];

/** What methods with lists of values chose from; only the chosen candidate is in the other parts. */
function showTuning() {
  const part = section("tuning", "Tuning",
    "Methods with lists of values: candidates are compared on held-out patches, not on test sets, and the chosen one is trained at all seeds. "
    + "At the edge of a list a value beyond it may be better.", "tuning");
  if (!part) return;
  const chosen = choices(controls(part), data.tuning, [["Method", (row) => row.tuned], BY_STUDENT, BY_QUANTIZER], () => draw());
  const draw = chart(part, {
    id: "chart-tuning", title: "Candidates on held-out patches", height: 380,
    label: "Line chart: PSNR in decibels on held-out patches of each candidate, a line for each bit-width; the chosen one is filled",
    caption: "PSNR on held-out patches, dB, mean over the seeds of the comparison. Filled: chosen.",
    option: () => tuningOption(data.tuning.filter(chosen)),
  });
  table(part, "tuning-table", TUNING_COLUMNS.map(blank), data.tuning, { mark: (row) => (row.chosen ? "best" : null) });
}

function tuningOption(rows) {
  const { palette, ink, paper } = theme();
  const values = distinct(rows.map((row) => row.options));
  return {
    series: distinct(rows.map((row) => row.bits)).sort(byBits).map((bits, place) => {
      const color = palette[place % palette.length];
      return {
        type: "line", name: bits, color, symbol: SYMBOLS[place % SYMBOLS.length], symbolSize: 10,
        lineStyle: { color, type: DASHES[place % DASHES.length] },
        data: rows.filter((row) => row.bits === bits && row.validation_psnr_mean !== null).map((row) => ({
          value: [values.indexOf(row.options), row.validation_psnr_mean], row,
          itemStyle: row.chosen ? { color, borderColor: ink, borderWidth: 1 } : { color: paper, borderColor: color, borderWidth: 2 },
        })),
        tooltip: { formatter: ({ data: { row } }) => lines(`${row.options} at ${bits}`, `${fixed(row.validation_psnr_mean, 3)} dB (n = ${row.n})`,
          row.chosen ? "chosen" : "") },
      };
    }),
    grid: { ...common().grid, bottom: values.length > 3 ? 96 : 52 },
    xAxis: { ...axis("values of a candidate", { nameGap: values.length > 3 ? 74 : 30 }), type: "category", data: values,
      axisLabel: { color: ink, rotate: values.length > 3 ? 25 : 0, width: 170, overflow: "truncate", hideOverlap: true } },
    yAxis: upright("PSNR on held-out patches, dB"),
  };
}
