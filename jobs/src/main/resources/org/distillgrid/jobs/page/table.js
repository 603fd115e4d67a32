/**
 * A table that is sorted by its titles and filtered by words and chips. A column is
 * {title, value(row), show(row), number, long}; one that is empty everywhere is left out.
 */
function table(parent, id, columns, rows, { chips = [], mark } = {}) {
  const used = columns.filter((column) => rows.some((row) => ![undefined, null, ""].includes(column.value(row))));
  const words = el("input", { type: "search", placeholder: "Filter", "aria-label": "Filter rows by words", oninput: fill });
  const count = el("span", { class: "count", role: "status" });
  const bar = el("div", { class: "controls" }, words, count);
  const pressed = chips.map((column) => chipsOf(bar, column, rows, fill));
  const titles = used.map((column) => {
    const title = el("th", { class: column.number ? "number" : null, scope: "col", "aria-sort": "none" });
    title.append(el("button", { type: "button", onclick: () => sortBy(column, title) }, column.title));
    return title;
  });
  const body = el("tbody");
  parent.append(bar, el("div", { class: "scroll", tabindex: "0" }, el("table", { id }, el("thead", {}, el("tr", {}, titles)), body)));
  let sorted = rows;

  function sortBy(column, title) {
    const rising = title.getAttribute("aria-sort") === "none" ? !column.number : title.getAttribute("aria-sort") === "descending";
    titles.forEach((other) => other.setAttribute("aria-sort", "none"));
    title.setAttribute("aria-sort", rising ? "ascending" : "descending");
    sorted = [...rows].sort((one, other) => compare(column.value(one), column.value(other), column.order, rising ? 1 : -1));
    fill();
  }

  function fill() {
    const wanted = words.value.toLowerCase().split(/\s+/).filter((word) => word);
    const shown = sorted.filter((row) => pressed.every((holds) => holds(row))
      && wanted.every((word) => used.some((column) => text(column, row).toLowerCase().includes(word))));
    count.textContent = `${shown.length} of ${rows.length} rows`;
    body.replaceChildren(...shown.map((row) => el("tr", { class: mark ? mark(row) : null },
      used.map((column) => el("td", { class: column.number ? "number" : column.long ? "long" : null }, text(column, row))))));
  }
  fill();
}

function text(column, row) {
  const shown = column.show ? column.show(row) : column.value(row);
  return shown === null || shown === undefined ? "" : String(shown);
}

/** What has no value comes last, whichever way is up. */
function compare(one, other, order, direction) {
  const [a, b] = [one ?? "", other ?? ""];
  if (a === "" || b === "") return (a === "") - (b === "");
  const rising = order ? order(a, b) : typeof a === "number" ? a - b : String(a).localeCompare(String(b));
  return direction * rising;
}

function chipsOf(bar, column, rows, changed) {
  const values = distinct(rows.map(column.value)).filter((value) => value).sort(column.order);
  if (values.length < 2 || values.length > 10) return () => true;
  const on = new Set();
  values.forEach((value) => bar.append(el("button", {
    class: "chip", type: "button", "aria-pressed": "false",
    onclick: (event) => {
      if (!on.delete(value)) on.add(value);
      event.currentTarget.setAttribute("aria-pressed", String(on.has(value)));
      changed();
    },
  }, value)));
  return (row) => on.size === 0 || on.has(column.value(row));
}
