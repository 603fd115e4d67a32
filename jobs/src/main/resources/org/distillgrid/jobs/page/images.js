const MOST_POINTS = 150;

function showImages() {
  const part = section("images", "Image by image",
    "How the test images spread, and the hardest of them.", "images", "Images");
  if (!part) return;
  const rows = data.images.flatMap((set) => set.cells.map((scores) => ({ dataset: set.dataset, ...scores.cell, set, psnr: scores.psnr })));
  const chosen = choices(controls(part), rows, [BY_DATASET, BY_STUDENT, BY_BITS], () => draw());
  const draw = chart(part, {
    id: "chart-images", height: 400, title: "PSNR over the images of the set",
    label: "Box plot: PSNR in decibels of the test images by method, with the references",
    caption: "PSNR, dB, means over the seeds: median, quartiles, least and greatest image; each point is an image.",
    option: (width) => imagesOption(rows.filter(chosen), width),
  });
  hardest(part);
}

function imagesOption(rows, width) {
  if (!rows.length) return { series: [], xAxis: axis("method"), yAxis: upright("PSNR, dB") };
  const { set } = rows[0];
  const boxes = [
    ...Object.entries(set.references).map(([id, psnr]) => ({ name: id, psnr, color: theme().faint })),
    ...rows.map((row) => ({ name: several(rows, row), psnr: row.psnr, color: styleOf(row.method).color })),
  ].filter((box) => box.psnr.some((psnr) => psnr !== null));
  const points = boxes.flatMap((box, place) => box.psnr.map((psnr, image) => ({ psnr, image, place, box })))
    .filter((point) => point.psnr !== null);
  const { ink, paper } = theme();
  const scattered = set.images.length <= MOST_POINTS ? points : [];
  return {
    series: [
      { type: "boxplot", data: boxes.map((box) => ({ value: quartiles(box.psnr), itemStyle: { color: paper, borderColor: box.color, borderWidth: 1.5 } })),
        boxWidth: [8, 36], tooltip: { formatter: ({ dataIndex: place }) => lines(boxes[place].name, ...spread(boxes[place].psnr)) } },
      { type: "scatter", symbolSize: 5, data: scattered.map((point) => ({ value: [point.place, point.psnr], itemStyle: { color: point.box.color, opacity: 0.7 }, point })),
        tooltip: { formatter: ({ data: { point } }) => lines(set.images[point.image], `${point.box.name}: ${fixed(point.psnr, 3)} dB`) } },
    ],
    legend: { show: false },
    grid: { left: 64, right: 16, top: 16, bottom: boxes.length > 4 || width < 600 ? 120 : 44 },
    xAxis: { type: "category", data: boxes.map((box) => box.name), axisTick: { show: false },
      axisLabel: { color: ink, rotate: boxes.length > 4 || width < 600 ? 40 : 0, width: 150, overflow: "truncate", interval: boxes.length > 40 ? "auto" : 0 } },
    yAxis: upright("PSNR, dB"),
  };
}

function several(rows, row) {
  return distinct(rows.map((each) => each.quantizer)).length > 1 ? `${row.method} ${row.quantizer}` : row.method;
}

function quartiles(values) {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  const at = (part) => {
    const place = (sorted.length - 1) * part;
    const below = Math.floor(place);
    return sorted[below] + (sorted[Math.ceil(place)] - sorted[below]) * (place - below);
  };
  return [0, 0.25, 0.5, 0.75, 1].map(at);
}

function spread(values) {
  const names = ["least", "lower quartile", "median", "upper quartile", "greatest"];
  return quartiles(values).map((value, place) => `${names[place]} ${fixed(value, 3)} dB`);
}

/** The hardest images, with the best method at each bit-width. */
function hardest(part) {
  const bits = distinct(data.images.flatMap((set) => set.cells.map((scores) => scores.cell.bits))).sort(byBits);
  const ids = distinct(data.images.flatMap((set) => Object.keys(set.references)));
  const rows = data.images.flatMap((set) => set.images.slice(0, 40).map((image, place) => ({ set, image, place })));
  const best = (row, width) => {
    const own = row.set.cells.filter((scores) => scores.cell.bits === width).sort((one, other) => mean(other.psnr) - mean(one.psnr));
    return own.length ? own[0].psnr[row.place] : null;
  };
  const decibel = (title, value) => ({ title: `${title}, dB`, number: true, value, show: (row) => fixed(value(row), 2) });
  part.append(el("h3", {}, "The hardest images"), el("p", { class: "lead" },
    "Hardest first, by the mean over all cells; at each bit-width the cell that is best on the set."));
  table(part, "images-table", [
    { title: "Test set", value: (row) => row.set.dataset },
    { title: "Image", value: (row) => row.image },
    ...ids.map((id) => decibel(id, (row) => (row.set.references[id] || [])[row.place])),
    ...bits.map((width) => decibel(width, (row) => best(row, width))),
  ], rows);
}
