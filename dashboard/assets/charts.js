/* The charts: drawn by Plotly, asked for anew when the view changes, and what is done in them. */
(function () {
  "use strict";

  const { time, fitView } = window.axis;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const SETTLE = 220; // milliseconds without a further zoom before the chart is drawn anew
  let settling = null;
  /** Hand a zoomed range to the page once the wheel or the finger has come to rest. */
  function settle(view) {
    clearTimeout(settling);
    settling = setTimeout(() => {
      settling = null;
      window.dash_clientside.set_props("zoomed", { data: { view, at: Date.now() } });
    }, SETTLE);
  }

  /** Draw into an element with Plotly; the first time, also listen to what is done with the chart. */
  function draw(element, figure, limits) {
    if (element.shown === figure) return;
    element.shown = figure;
    const whole = element.id === "timeline-graph", brush = element.id === "overview-graph";
    const first = !element.data;
    const config = {
      displayModeBar: false, scrollZoom: whole || element.id === "map-graph", doubleClick: "autosize", showTips: false,
      locale: document.documentElement.lang,
    };
    window.Plotly.react(element, figure.data, figure.layout, config);
    if (!first) return;
    if (brush) element.on("plotly_selected", (selected) => followBrush(selected, limits));
    else element.on("plotly_click", ({ points }) => followClick(points, element.dataset.on || "choose"));
    if (whole || brush) element.on("plotly_relayout", (change) => followZoom(change, limits));
  }

  function followClick(points, act) {
    const point = points.find((one) => one.customdata);
    if (point) window.act(act, [point.customdata].flat()[0], true);
  }

  /** Wheel, drag and double click. */
  function followZoom(change, limits) {
    const range = change["xaxis.range"] || [change["xaxis.range[0]"], change["xaxis.range[1]"]];
    if (change["xaxis.autorange"]) settle(null);
    else if (range[0] !== undefined) settle(fitView(time(range[0]), time(range[1]), limits));
  }

  function followBrush(selected, limits) {
    const range = selected && selected.range && Object.entries(selected.range).find(([axis]) => axis[0] === "x");
    if (!range) return;
    const [from, to] = range[1].map(time).sort((a, b) => a - b);
    settle(fitView(from, to, limits));
  }

  let wanted = null, asking = null, drawing = null;
  const frame = () => new Promise(requestAnimationFrame);
  /** Once the browser has shown what was drawn: before the second frame the first is seen. */
  const painted = async () => { await frame(); await frame(); await new Promise((done) => setTimeout(done, 0)); };
  /** Ask for the chart of a view and draw it; what the page says of it follows when it is painted. */
  function ask(view, limits) {
    if (!same(view, wanted)) drawing = fetchChart(view, limits);
    return drawing;
  }

  async function fetchChart(view, limits) {
    wanted = view;
    if (asking) asking.abort();
    asking = new AbortController();
    const { signal } = asking, place = document.getElementById("timeline");
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch("chart", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(view), signal,
      });
      draw(document.getElementById("timeline-graph"), await answer.json(), limits);
      await painted();
      window.dash_clientside.set_props("drawn", { data: view });
    } catch (error) {
      if (!signal.aborted) wanted = null; // so that it can be asked again; trouble.js says why
    }
    if (!signal.aborted) place.removeAttribute("aria-busy");
  }

  /** Ask before the page has told all its parts of the change; what comes back is kept when it is painted. */
  function expect({ filters, view, lanes, chosen, language }, limits) {
    if (wanted && wanted[5] === language) return ask([filters, view, lanes, wanted[3], chosen, language], limits);
  }

  // a page that comes with its chart shows it before Dash has asked all that it asks at the start
  const arrival = new MutationObserver(() => {
    const element = document.getElementById("timeline-graph");
    if (!element) return;
    arrival.disconnect();
    const held = (name) => window.dash_component_api.getLayout(name).props.data;
    const figure = held("first-figure");
    if (!figure) return;
    wanted = held("drawn");
    draw(element, figure, held("limits"));
  });
  arrival.observe(document.body, { childList: true, subtree: true });

  window.charts = { draw, ask, expect };
})();
