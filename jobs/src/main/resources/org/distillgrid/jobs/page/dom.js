"use strict";
const data = JSON.parse(document.getElementById("data").textContent);

/** Makes an element; children that are text stay text, whatever stands in them. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return made;
}

function fixed(value, digits) {
  return typeof value === "number" ? value.toFixed(digits) : "";
}

function signed(value, digits) {
  return typeof value === "number" ? (value < 0 ? "−" : "+") + Math.abs(value).toFixed(digits) : "";
}

function distinct(values) {
  return [...new Set(values)];
}

function mean(values) {
  const known = values.filter((value) => typeof value === "number");
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/** Begins a part of the page; a part that is not there says why in one line. */
function section(id, title, lead, part, short) {
  const made = el("section", { id, "aria-labelledby": id + "-title" }, el("h2", { id: id + "-title" }, title));
  document.getElementById("main").append(made);
  document.querySelector("#nav div").append(el("a", { href: "#" + id }, short || title));
  if (part && data[part] === undefined) {
    made.append(el("p", { class: "absent" }, data.notes[part] || "There is nothing to show."));
    return null;
  }
  if (lead) made.append(el("p", { class: "lead" }, lead));
  return made;
}

function entries(list) {
  return el("dl", {}, list.map((entry) => [el("dt", {}, entry.label), el("dd", {}, entry.text)]));
}

/** From full precision to the fewest bits. */
function byBits(one, other) {
  const width = (bits) => (bits === "fp" ? [32, 32] : bits.slice(1).split("a").map(Number));
  const [a, b] = [width(one), width(other)];
  return b[0] - a[0] || b[1] - a[1];
}
