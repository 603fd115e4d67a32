/** Okabe and Ito's colours, which people with any colour vision tell apart; shapes differ as well. */
const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a7a00"];
const PALETTE_DARK = ["#56b4e9", "#e69f00", "#2fc79a", "#cc79a7", "#f0e442", "#5f9ed1", "#ff8c42"];
const SYMBOLS = ["circle", "rect", "triangle", "diamond", "roundRect", "arrow"];
const DASHES = ["solid", "dashed", "dotted"];

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
let printing = false;

function theme() {
  return darkness.matches && !printing
    ? { ink: "#e6e9ed", faint: "#9aa5b1", line: "#363d46", paper: "#1d2127", palette: PALETTE_DARK }
    : { ink: "#1b1f24", faint: "#59636e", line: "#d5dae1", paper: "#ffffff", palette: PALETTE };
}

const METHODS = distinct([...(data.summary || []), ...(data.differences || [])].map((row) => row.label || row.method))
  .sort((one, other) => (other === "none") - (one === "none") || one.localeCompare(other));

/** A method looks the same in every chart; none is neutral. */
function styleOf(method) {
  const colors = theme().palette;
  if (method === "none") return { color: theme().faint, symbol: "circle", dash: "solid" };
  const place = Math.max(0, METHODS.filter((other) => other !== "none").indexOf(method));
  return {
    color: colors[place % colors.length],
    symbol: SYMBOLS[(place + 1) % SYMBOLS.length],
    dash: DASHES[Math.floor(place / colors.length) % DASHES.length],
  };
}
