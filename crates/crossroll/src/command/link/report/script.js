"use strict";
const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

each("[data-open], [data-close]", (button) => {
  const kind = button.dataset.open || button.dataset.close;
  button.addEventListener("click", () => {
    each("details." + kind, (part) => { part.open = "open" in button.dataset; });
  });
});

// On paper nothing can be opened.
let closed = [];
addEventListener("beforeprint", () => {
  closed = [...document.querySelectorAll("details:not([open])")];
  closed.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => closed.forEach((part) => { part.open = false; }));

const slider = document.getElementById("at");
if (slider) {
  const bins = JSON.parse(slider.dataset.bins);
  const all = bins.reduce((sum, bin) => sum + bin[2], 0);
  const chart = document.getElementById("histogram");
  const [start, end, top, bottom] = [70, 880, 14, 204];
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
  mark.setAttribute("class", "tried");
  chart.append(mark);
  const tell = () => {
    const at = Number(slider.value);
    let pairs = 0, expected = 0;
    for (const bin of bins) {
      if (bin[0] >= at) { pairs += bin[1]; expected += bin[2]; }
    }
    const share = (part, whole) => whole > 0 ? (100 * part / whole).toFixed(2) + " %" : "–";
    document.getElementById("told").textContent =
      "Weight " + at + " (probability " + (1 / (1 + 2 ** -at)).toPrecision(4) + "): " +
      pairs.toLocaleString("en") + " pairs, estimated precision " + share(expected, pairs) +
      ", estimated recall " + share(expected, all);
    const x = start + (end - start) * (at - slider.min) / (slider.max - slider.min);
    mark.setAttribute("d", "M" + x + " " + top + "V" + bottom);
  };
  slider.addEventListener("input", tell);
  document.querySelector(".slider").hidden = false;
  tell();
}
