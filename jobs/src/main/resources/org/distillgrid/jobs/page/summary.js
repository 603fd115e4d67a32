const SUMMARY_COLUMNS = [
  { title: "Test set", value: (row) => row.dataset },
  { title: "Student", value: (row) => row.student_label },
  { title: "Bits", value: (row) => row.bits, order: byBits },
  { title: "Quantiser", value: (row) => row.quantizer },
  { title: "Method", value: (row) => row.label },
  { title: "Chosen", value: (row) => row.tuned_options },
  { title: "n", number: true, value: (row) => row.n, show: (row) => (row.n ?? "") + (row.n_diverged ? "!" : "") },
  decibels("PSNR, dB", "psnr_mean", fixed),
  decibels("± dB", "psnr_std", fixed),
  { title: "SSIM", number: true, value: (row) => row.ssim_mean, show: (row) => fixed(row.ssim_mean, 4) },
  { title: "LPIPS", number: true, value: (row) => row.lpips_mean, show: (row) => fixed(row.lpips_mean, 4) },
  decibels("− teacher, dB", "psnr_minus_teacher", signed),
  decibels("− fp, dB", "psnr_minus_full_precision", signed),
  decibels("− none, dB", "psnr_minus_none", signed),
  decibels("ONNX − fake, dB", "psnr_integer_minus_fake", signed),
  { title: "KiB", number: true, value: (row) => row.packed_bytes, show: (row) => fixed(row.packed_bytes / 1024, 1) },
  { title: "10⁹ bit ops", number: true, value: (row) => row.bit_operations, show: (row) => fixed(row.bit_operations / 1e9, 0) },
  { title: "ms", number: true, value: (row) => row.latency_ms, show: (row) => fixed(row.latency_ms, 2) },
];

function decibels(title, column, how) {
  return { title, number: true, value: (row) => row[column], show: (row) => how(row[column], 3) };
}

function showSummary() {
  const part = section("summary", "Summary",
    "One row a cell and test set: means over n seeds, ± their standard deviation (none for one seed); ! where a training diverged. "
    + "The best cell at each bit-width is marked; a click on a title sorts.", "summary");
  if (!part) return;
  const references = data.references.map((row) => ({
    dataset: row.dataset, label: row.trial_id, psnr_mean: row.psnr, ssim_mean: row.ssim, lpips_mean: row.lpips, reference: true,
  }));
  const best = new Set();
  for (const row of data.summary) {
    const rivals = data.summary.filter((other) => other.dataset === row.dataset && other.bits === row.bits);
    if (rivals.every((other) => !(other.psnr_mean > row.psnr_mean))) best.add(row);
  }
  const [dataset, , bits, , method] = SUMMARY_COLUMNS;
  table(part, "summary-table", SUMMARY_COLUMNS.map((column) => blank(column)), [...references, ...data.summary], {
    chips: [dataset, bits, method], mark: (row) => (row.reference ? "reference" : best.has(row) ? "best" : null),
  });
}

/** References have neither size nor operations. */
function blank(column) {
  if (!column.show) return column;
  return { ...column, show: (row) => ([undefined, null].includes(column.value(row)) ? "" : column.show(row)) };
}
