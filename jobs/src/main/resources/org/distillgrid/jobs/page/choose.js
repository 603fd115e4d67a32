/** A choice for a chart. */
function choose(parent, label, values, changed, shown) {
  const select = el("select", { onchange: changed }, values.map((value) => el("option", { value }, shown ? shown(value) : value)));
  parent.append(el("label", {}, label + " ", select));
  return () => select.value;
}

function controls(parent) {
  const bar = el("div", { class: "controls" });
  parent.append(bar);
  return bar;
}

/**
 * Choices of what rows differ in: a column with one value is none. Returns which rows are chosen.
 * Columns are [label, value of a row, order of values]; a row without a value is always chosen.
 */
function choices(bar, rows, columns, changed) {
  const chosen = columns.map(([label, value, order]) => {
    const values = distinct(rows.map(value)).filter((each) => each !== null).sort(order);
    return values.length > 1 ? [value, choose(bar, label, values, changed)] : null;
  }).filter((each) => each);
  return (row) => chosen.every(([value, current]) => value(row) === null || String(value(row)) === current());
}

const BY_DATASET = ["Test set", (row) => row.dataset];
const BY_STUDENT = ["Student", (row) => row.student_label || row.student];
const BY_QUANTIZER = ["Quantiser", (row) => (row.bits === "fp" ? null : row.quantizer)];
const BY_BITS = ["Bits", (row) => row.bits, byBits];
