/* Times in a page from an act to the chart painted for the last time; `window.first`: first mark. */
(() => {
  window.painted = [];
  const look = () => {
    const chart = document.querySelector("#timeline .js-plotly-plot");
    const drawn = chart && chart.querySelector(".barlayer .point, .scatterlayer .trace, .fills path");
    if (!drawn) return requestAnimationFrame(look);
    window.first = performance.now();
    chart.on("plotly_afterplot", () => {
      const turn = window.painted.push(null) - 1;
      const note = () => (window.painted[turn] = performance.now());
      requestAnimationFrame(() => requestAnimationFrame(note));
    });
  };
  requestAnimationFrame(look);
  let busy = 0;
  const fetch = window.fetch;
  window.fetch = async (...given) => {
    busy += 1;
    try { return await fetch(...given); } finally { busy -= 1; }
  };
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  /** Milliseconds from `act` until the chart is painted for the last time, server's part, bytes. */
  window.time = async (act) => {
    window.painted = [];
    performance.clearResourceTimings();
    const start = performance.now();
    await act();
    for (let quiet = 0; quiet < 12; ) {
      await wait(50);
      const done = window.painted.length && window.painted.every((one) => one !== null);
      quiet = busy === 0 && done ? quiet + 1 : 0;
      if (performance.now() - start > 60000) throw new Error("nothing was painted");
    }
    const asked = performance.getEntriesByType("resource").filter((one) => /_dash-update|\/chart$/.test(one.name));
    const server = Math.max(0, ...asked.map((one) => one.responseEnd - one.requestStart));
    const bytes = asked.reduce((sum, one) => sum + one.transferSize, 0);
    return [Math.max(...window.painted) - start, server, bytes / 1024];
  };
})();
