function showCrops() {
  const part = section("crops", "Crops",
    "The square in which the fewest bits differ most from the ground truth, of the hardest and of the middle image. "
    + "Point at a picture to magnify the same place in all (keys: + and −, then arrows). Decibels are of the whole image.", "crops");
  if (!part) return;
  for (const crop of data.crops) {
    const group = el("div", { class: "panels", tabindex: "0", role: "group", "aria-label": `Crops of ${crop.image}; plus and minus magnify, arrow keys move` },
      crop.panels.map((panel) => el("figure", {},
        el("div", { class: "view" }, el("img", { src: panel.source, alt: `${panel.title} ${panel.detail}: ${crop.side}×${crop.side} pixels of ${crop.image}` })),
        el("figcaption", {}, el("b", {}, panel.title), panel.psnr === null ? "" : ` ${fixed(panel.psnr, 2)} dB`, el("br"), panel.detail))));
    part.append(el("h3", {}, `${crop.dataset}/${crop.image}, ${crop.side}×${crop.side} pixels`), group);
    magnify(group);
  }
}
