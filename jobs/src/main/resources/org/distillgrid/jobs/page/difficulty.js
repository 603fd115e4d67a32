const SIGNALS = {
  teacher_gap: "distance of teacher and student", student_error: "distance of student and target",
  laplacian_variance: "variance of the target's Laplacian", pixel_variance: "variance of the target",
};

function showDifficulty() {
  const part = section("difficulty", "What is hard, and whether the gain sits there",
    "How unevenly difficulty lies over the training patches, and how each method's gain over none depends on how hard a test image is.", null, "Difficulty");
  showShares(part);
  showPatches(part);
  showGains(part);
}

function absent(parent, part) {
  if (data[part] === undefined) parent.append(el("p", { class: "absent" }, data.notes[part]));
  return data[part] === undefined;
}

function showShares(part) {
  if (absent(part, "difficulty")) return;
  const { patches, signals } = data.difficulty;
  const bar = controls(part);
  const signal = choose(bar, "Signal", signals.map((each) => each.name), () => draw(), (name) => SIGNALS[name]);
  const draw = chart(part, {
    id: "chart-difficulty", height: 300, title: `Share of each tenth of the ${patches} patches`,
    label: "Bar chart: what part of a difficulty signal's sum each tenth of the patches has, in per cent, hardest first",
    caption: "Per cent of the signal's sum over all patches that lies in each tenth of them, the hardest first. Evenly spread it would be 10 % each.",
    option() {
      const { shares } = signals.find((each) => each.name === signal());
      const { palette, ink, faint } = theme();
      return {
        series: [
          { type: "bar", name: "share", color: palette[0], data: shares.map((share) => 100 * share),
            tooltip: { formatter: ({ dataIndex, value }) => lines(`tenth ${dataIndex + 1} of 10, hardest first`, `${fixed(value, 1)} %`) } },
          { type: "line", silent: true, symbol: "none", data: shares.map(() => 10), lineStyle: { color: faint, type: "dashed" } },
        ],
        legend: { show: false },
        xAxis: { ...axis("tenths of the patches, hardest first"), type: "category", data: shares.map((share, place) => place + 1), axisLabel: { color: ink } },
        yAxis: upright("share, %", { scale: false }),
      };
    },
  });
}

function showPatches(part) {
  if (absent(part, "patches")) return;
  part.append(el("h3", {}, "Patches in which teacher and student differ most"),
    el("p", { class: "lead" }, "Mean distance of teacher and student (gap) and of student and target (error), of a range of 1."),
    el("div", { class: "panels" }, data.patches.map((patch) => el("figure", { class: "patch" },
      el("img", { src: patch.source, alt: `Target of the patch ${patch.patch}` }),
      el("figcaption", {}, patch.patch, el("br"), `gap ${plain(patch.gap)}, error ${plain(patch.error)}`)))));
}

function showGains(part) {
  if (absent(part, "gains")) return;
  const points = gainPoints();
  const chosen = choices(controls(part), points, [BY_DATASET, BY_STUDENT, BY_BITS, BY_QUANTIZER], () => draw());
  const draw = chart(part, {
    id: "chart-gains", height: 380, title: "Gain over none against difficulty, image by image",
    label: "Scatter chart: gain over none in decibels of each method against the PSNR of bicubic interpolation or input, a point for each image",
    caption: "Gain over none, dB, against the PSNR of the reference, dB: hard images are on the left.",
    option: () => gainsOption(points.filter(chosen)),
  });
  const gain = (title, column) => ({ title: `${title}, dB`, number: true, value: (row) => row[column], show: (row) => signed(row[column], 4) });
  table(part, "gains-table", [
    { title: "Test set", value: (row) => row.dataset },
    { title: "Student", value: (row) => row.cell.student }, { title: "Bits", value: (row) => row.cell.bits, order: byBits },
    { title: "Quantiser", value: (row) => row.cell.quantizer }, { title: "Method", value: (row) => row.cell.method },
    gain("Gain, harder half", "harder"), gain("Gain, easier half", "easier"),
  ], data.gains);
}

function gainPoints() {
  return data.images === undefined ? [] : data.images.flatMap((set) => {
    const ease = set.references.bicubic || set.references.input || [];
    return set.cells.filter((scores) => scores.cell.method !== "none").flatMap((scores) => {
      const none = set.cells.find((other) => other.cell.method === "none" && ["student", "bits", "quantizer"].every((part) => other.cell[part] === scores.cell[part]));
      return !none ? [] : set.images.map((image, place) => ({
        dataset: set.dataset, ...scores.cell, image, ease: ease[place], gain: scores.psnr[place] - none.psnr[place],
      })).filter((point) => typeof point.ease === "number" && Number.isFinite(point.gain));
    });
  });
}

function gainsOption(points) {
  const methods = distinct(points.map((point) => point.method));
  return {
    series: methods.map((method) => {
      const { color, symbol } = styleOf(method);
      return {
        type: "scatter", name: method, color, symbol, symbolSize: 8,
        data: points.filter((point) => point.method === method).map((point) => ({ value: [point.ease, point.gain], point })),
        tooltip: { formatter: ({ data: { point } }) => lines(point.image, `${point.method}: ${signed(point.gain, 4)} dB`, `reference ${fixed(point.ease, 2)} dB`) },
      };
    }),
    xAxis: axis("PSNR of the reference, dB"),
    yAxis: upright("gain over none, dB", { scale: false }),
  };
}
