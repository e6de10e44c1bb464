/* The timeline by key and by two fingers. Its keys work while the focus is in it, and nowhere else. */
(function () {
  "use strict";

  const press = (id) => document.getElementById(id).click();
  const KEYS = {
    ArrowLeft: () => window.act("pan", "-0.25"),
    ArrowRight: () => window.act("pan", "0.25"),
    "+": () => press("zoom-in"),
    "=": () => press("zoom-in"),
    "-": () => press("zoom-out"),
    "−": () => press("zoom-out"),
    Home: () => press("zoom-reset"),
    n: () => window.act("step", "1"),
    p: () => window.act("step", "-1"),
    f: () => window.act("fit"),
    Enter: () => readCard(),
    "?": () => window.guide(true),
  };

  function readCard() {
    const heading = document.querySelector("#card h2");
    if (heading) heading.focus();
  }

  const inTimeline = (target) => target.closest("#timeline, #overview, #chart .buttons");

  document.addEventListener("keydown", (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const button = event.target.closest("button") && ["Enter"].includes(key);
    if (event.ctrlKey || event.altKey || event.metaKey || button || !inTimeline(event.target)) return;
    if (!Object.hasOwn(KEYS, key)) return;
    event.preventDefault();
    KEYS[key]();
  });

  // a click into the chart brings the keys there, too; Plotly would keep the focus where it was
  document.addEventListener("pointerdown", (event) => {
    const chart = event.target.closest("#timeline");
    if (chart && event.pointerType === "mouse") setTimeout(() => chart.focus({ preventScroll: true }), 0);
  });

  /* Two fingers: what was under each stays under it. */
  let pinch = null, waiting = false;
  const middle = (touches) => (touches[0].clientX + touches[1].clientX) / 2;
  const apart = (touches) => Math.max(30, Math.hypot(
    touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY));

  document.addEventListener("touchstart", (event) => {
    const chart = event.target.closest && event.target.closest("#timeline");
    const plot = chart && chart.querySelector(".js-plotly-plot");
    if (!plot || event.touches.length !== 2) return;
    event.preventDefault();
    const { xaxis } = plot._fullLayout, left = plot.getBoundingClientRect().left + xaxis._offset;
    const [from, to] = xaxis.range.map((day) => xaxis.r2l(day));
    const at = from + ((middle(event.touches) - left) / xaxis._length) * (to - from);
    pinch = { plot, left, width: xaxis._length, span: to - from, at, apart: apart(event.touches) };
  }, { passive: false });

  document.addEventListener("touchmove", (event) => {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const span = (pinch.span * pinch.apart) / apart(event.touches);
    const from = pinch.at - ((middle(event.touches) - pinch.left) / pinch.width) * span;
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (pinch) window.Plotly.relayout(pinch.plot, { "xaxis.range": [from, from + span] });
    });
  }, { passive: false });

  ["touchend", "touchcancel"].forEach((name) => document.addEventListener(name, () => (pinch = null)));
})();
