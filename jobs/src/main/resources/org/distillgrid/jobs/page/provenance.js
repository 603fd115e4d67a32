const TRIAL_COLUMNS = [
  { title: "Trial", value: (row) => row.id },
  { title: "Student", value: (row) => row.cell.student },
  { title: "Bits", value: (row) => row.cell.bits, order: byBits },
  { title: "Quantiser", value: (row) => row.cell.quantizer },
  { title: "Method", value: (row) => row.cell.method },
  { title: "Tuning", value: (row) => row.tuning },
  { title: "Seed", number: true, value: (row) => row.seed },
  { title: "Status", value: (row) => row.status },
  { title: "Why", long: true, value: (row) => row.note },
  { title: "Steps", number: true, value: (row) => row.steps },
  { title: "Seconds", number: true, value: (row) => row.seconds, show: (row) => fixed(row.seconds, 1) },
  { title: "Device", value: (row) => row.device },
  { title: "SHA-256 of the weights", value: (row) => row.weightHash, show: (row) => row.weightHash.slice(0, 16) },
];

function showProvenance() {
  const part = section("provenance", "Where it comes from",
    "The same spec on the same kind of device gives the same weights to the last bit.", null, "Provenance");
  part.append(entries(data.provenance), el("h3", {}, "To make it again"), el("pre", { tabindex: "0" }, data.command),
    el("details", {}, el("summary", {}, "The spec, with every key"), el("pre", { tabindex: "0" }, data.spec)));
  const trials = el("details", {}, el("summary", {}, "All trials"));
  part.append(trials);
  if (!absent(trials, "trials")) table(trials, "trials-table", TRIAL_COLUMNS, data.trials);
}
