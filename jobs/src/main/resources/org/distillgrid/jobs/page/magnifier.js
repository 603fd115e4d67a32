/** Enlarges the same place of all pictures of a group: by pointer, or by arrow keys, + and −. */
function magnify(group) {
  const images = [...group.querySelectorAll(".view img")];
  let [x, y, zoom] = [0.5, 0.5, 1];
  const show = () => images.forEach((image) => {
    image.style.transformOrigin = `${x * 100}% ${y * 100}%`;
    image.style.transform = zoom > 1 ? `scale(${zoom})` : "none";
  });
  const within = (value) => Math.max(0, Math.min(1, value));
  group.querySelectorAll(".view").forEach((view) => {
    view.addEventListener("pointermove", (event) => {
      const place = view.getBoundingClientRect();
      [x, y] = [within((event.clientX - place.left) / place.width), within((event.clientY - place.top) / place.height)];
      zoom = Math.max(zoom, 4);
      show();
    });
    view.addEventListener("pointerleave", () => { zoom = 1; show(); });
  });
  const keys = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
  group.addEventListener("keydown", (event) => {
    if (keys[event.key] && zoom > 1) [x, y] = [within(x + keys[event.key][0]), within(y + keys[event.key][1])];
    else if (event.key === "+") zoom = Math.min(16, zoom * 2);
    else if (event.key === "-") zoom = Math.max(1, zoom / 2);
    else return;
    event.preventDefault();
    show();
  });
}
