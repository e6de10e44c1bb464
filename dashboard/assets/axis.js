/* Days as the page counts them: years and views of the table, and the arithmetic of zooming. */
(function () {
  "use strict";

  const DAY = 86400000;
  const NARROWEST = 5 * DAY;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const isoDay = (time) => new Date(time).toISOString().slice(0, 10);
  // Plotly gives "2023-10-07 12:30:00.123" in universal time
  const time = (value) =>
    typeof value === "number" ? value : Date.parse(String(value).replace(" ", "T").replace(/(T[\d:.]*)?$/, (t) => (t || "T00:00") + "Z"));
  const year = (value) => new Date(time(value)).getUTCFullYear();
  const plot = (id) => document.querySelector(`#${id} .js-plotly-plot`);

  const wholeYears = (limits) => [limits.first_year, limits.last_year];
  const viewOfYears = (years, limits) =>
    same(years, wholeYears(limits)) ? null : [`${years[0]}-01-01`, `${years[1]}-12-31`];
  const yearsOfView = (view, limits) =>
    view === null
      ? wholeYears(limits)
      : view.map((day) => Math.min(limits.last_year, Math.max(limits.first_year, year(day))));

  /** The view between two times: at least a few days, inside the table's years; null is the whole. */
  function fitView(from, to, limits) {
    const low = Date.UTC(limits.first_year, 0, 1) - 31 * DAY;
    const high = Date.UTC(limits.last_year, 11, 31) + 31 * DAY;
    if (to - from < NARROWEST) {
      const middle = (from + to) / 2;
      [from, to] = [middle - NARROWEST / 2, middle + NARROWEST / 2];
    }
    [from, to] = [Math.max(low, from), Math.min(high, to)];
    return from <= low && to >= high ? null : [isoDay(from), isoDay(to)];
  }

  const seen = () => plot("timeline")._fullLayout.xaxis.range.map(time);

  function zoomBy(factor, limits) {
    const [from, to] = seen();
    const middle = (from + to) / 2, half = ((to - from) / 2) * factor;
    return fitView(middle - half, middle + half, limits);
  }

  /** The view moved by a share of its width, or to around the middle of these days; never wider. */
  function panTo(share, days, limits) {
    const [from, to] = seen(), width = to - from - DAY; // the last day is seen to its end
    const low = Date.UTC(limits.first_year, 0, 1) - 31 * DAY;
    const high = Date.UTC(limits.last_year, 11, 31) + 31 * DAY;
    const wanted = days ? (days[0] + days[1] - width) / 2 : from + Math.trunc((share * width) / DAY) * DAY;
    const start = Math.min(Math.max(wanted, low), Math.max(low, high - width));
    return fitView(start, start + width, limits);
  }

  /** The view around these days, with as much room on both sides as they last. */
  function zoomTo([first, last], limits) {
    const room = Math.max(last - first + DAY, 14 * DAY);
    return fitView(first - room, last + room, limits);
  }

  window.axis = { time, fitView, zoomBy, panTo, zoomTo, seen, wholeYears, viewOfYears, yearsOfView };
})();
