const charts = [];
// What a page of paper is wide, whatever the window is.
const PRINTED_WIDTH = 680;

/** Draws a chart in a figure, again at another size, colour scheme or choice. */
function chart(parent, { id, title, label, caption, height, option }) {
  const place = el("div", { class: "chart", id, role: "img", "aria-label": label, style: `height:${height || 340}px` });
  parent.append(el("figure", {}, el("h3", {}, title), place, el("figcaption", {}, caption)));
  const drawn = echarts.init(place, null, { renderer: "svg" });
  const draw = () => drawn.setOption({ ...common(), ...option(drawn.getWidth()) }, true);
  charts.push({ drawn, draw });
  draw();
  new ResizeObserver(() => { drawn.resize(); draw(); }).observe(place);
  return draw;
}

function redrawAll() {
  charts.forEach(({ drawn, draw }) => { drawn.resize({ width: printing ? PRINTED_WIDTH : "auto" }); draw(); });
}

darkness.addEventListener("change", redrawAll);
window.addEventListener("beforeprint", () => { printing = true; redrawAll(); });
window.addEventListener("afterprint", () => { printing = false; redrawAll(); });

function common() {
  const { ink, faint, line, paper } = theme();
  return {
    animation: false,
    textStyle: { color: ink, fontFamily: "system-ui, 'DejaVu Sans', sans-serif" },
    grid: { left: 64, right: 20, top: 44, bottom: 52 },
    legend: { type: "scroll", top: 0, textStyle: { color: ink, width: 260, overflow: "truncate" }, pageTextStyle: { color: ink }, pageIconColor: faint },
    tooltip: { trigger: "item", confine: true, backgroundColor: paper, borderColor: line, textStyle: { color: ink } },
  };
}

/** An axis never comes without its unit. */
function axis(name, more) {
  const { ink, faint, line } = theme();
  return {
    type: "value", scale: true, name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: faint },
    axisLine: { show: true, onZero: false, lineStyle: { color: line } }, axisLabel: { color: ink, hideOverlap: true },
    splitLine: { lineStyle: { color: line, opacity: 0.6 } }, ...more,
  };
}

function upright(name, more) {
  return axis(name, { nameGap: 46, ...more });
}

/** Numbers a few digits long, however large they are. */
function plain(value) {
  return Math.abs(value) >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3)
    ? value.toExponential(0) : String(Number(value.toPrecision(4)));
}

/** Error bars: data are [x, y, low, high], or [x, y, low, high] along x where they lie. */
function whiskers(points, color, lying) {
  return {
    type: "custom", silent: true, z: 1, data: points, itemStyle: { color }, tooltip: { show: false },
    encode: lying ? { x: [2, 3], y: 1 } : { x: 0, y: [2, 3] },
    renderItem(params, api) {
      const at = (value) => (lying ? api.coord([value, api.value(1)]) : api.coord([api.value(0), value]));
      const [low, high] = [at(api.value(2)), at(api.value(3))];
      const [dx, dy] = lying ? [0, 5] : [5, 0];
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: 1.5 } });
      return { type: "group", children: [
        line(low[0], low[1], high[0], high[1]),
        line(low[0] - dx, low[1] - dy, low[0] + dx, low[1] + dy),
        line(high[0] - dx, high[1] - dy, high[0] + dx, high[1] + dy),
      ] };
    },
  };
}

/** Text of a tooltip: names of a run are text here too. */
function lines(...texts) {
  return texts.filter((text) => text).map((text) => echarts.format.encodeHTML(text)).join("<br>");
}
