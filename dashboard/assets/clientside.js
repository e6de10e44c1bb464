/* What the page does in the browser: one truth for filters and viewport, zoom, selection, pictures. */
(function () {
  "use strict";

  const { time, fitView, zoomBy, panTo, zoomTo, seen, wholeYears, viewOfYears, yearsOfView } = window.axis;
  const PHONE = 768; // pixels; as in page.css
  const PAPER = [1020, 500]; // pixels for the timeline on a sheet of A4 laid on its side
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const keep = () => window.dash_clientside.no_update;
  const triggered = () => window.dash_clientside.callback_context.triggered_id;
  const value = () => window.dash_clientside.callback_context.triggered[0].value;
  const HOME = document.documentElement.lang; // what an address without a language means here

  const OWN = ["actor", "type", "from", "to", "text", "denied", "place", "source", "zoom", "event", "lanes", "order", "lane", "hide", "fold", "report", "panel", "theme", "language"];

  /** The address of a view, as dashboard/views.py reads it; parts that are not ours stay. */
  function writeAddress(search, { filters, view, chosen, lanes, report, panels, language, theme }, limits) {
    const parts = new URLSearchParams(search), stated = parts.has("language");
    OWN.forEach((name) => parts.delete(name));
    filters.actors.forEach((name) => parts.append("actor", name));
    filters.types.forEach((name) => parts.append("type", name));
    const [first, last] = wholeYears(limits);
    if (filters.years[0] > first) parts.append("from", filters.years[0]);
    if (filters.years[1] < last) parts.append("to", filters.years[1]);
    if (filters.text) parts.append("text", filters.text);
    if (filters.not_asserted) parts.append("denied", "1");
    filters.places.forEach((name) => parts.append("place", name));
    filters.sources.forEach((name) => parts.append("source", name));
    if (view) parts.append("zoom", view.join(".."));
    if (chosen) parts.append("event", chosen);
    if (report) parts.append("report", report);
    panels.forEach((name) => parts.append("panel", name));
    if (lanes.by !== "actor") parts.append("lanes", lanes.by);
    if (lanes.order !== "count") parts.append("order", lanes.order);
    lanes.by_hand.forEach((name) => parts.append("lane", name));
    lanes.hidden.forEach((name) => parts.append("hide", name));
    lanes.folded.forEach((name) => parts.append("fold", name));
    if (theme) parts.append("theme", theme);
    if (stated || language !== HOME) parts.append("language", language);
    const written = parts.toString();
    return written ? "?" + written : "";
  }

  const CONTROLS = ["actors", "types", "years", "text", "not-asserted", "places", "sources", "lanes-by", "lanes-order", "report", "panels"];
  const GIVEN = [ // no change until they hold something; a button built anew holds 0
    "zoomed", "read", "stepped", "clicked",
    "clear", "zoom-in", "zoom-out", "zoom-reset", "close",
  ];
  /** Which part of the page changed; of several at once what was done, before a control that only came. */
  const changed = () => {
    const all = window.dash_clientside.callback_context.triggered.map(({ prop_id, value }) => [prop_id.split(".")[0], value]);
    const done = all.find(([id, value]) => value && GIVEN.includes(id));
    return (done || all.find(([id]) => !GIVEN.includes(id)))?.[0];
  };

  const HELD = { "not-asserted": "not_asserted" };
  /** What was decided last, with the one control that has changed since. */
  function addChange(decided, told, by) {
    const next = structuredClone(decided), name = HELD[by] || by;
    if (name in next.filters) next.filters[name] = told.filters[name];
    else if (by === "lanes-by" || by === "lanes-order") next.lanes[by.slice(6)] = told.lanes[by.slice(6)];
    else if (by === "report" || by === "panels") next[by] = told[by];
    return next;
  }

  const PATIENCE = 600; // milliseconds that the rest of the page waits for the chart
  let deciding = null; // what the chart is being drawn for, and what the page held before

  const emptyFilters = (limits) =>
    ({ actors: [], types: [], years: wholeYears(limits), text: "", not_asserted: false, places: [], sources: [] });

  /** The lanes once one of them is moved up or down, folded or hidden, or all that undone. */
  function arrangeLanes(lanes, names, act, name) {
    const toggle = (list) => (list.includes(name) ? list.filter((one) => one !== name) : [...list, name]);
    if (act === "hide") return { ...lanes, hidden: toggle(lanes.hidden) };
    if (act === "fold") return { ...lanes, folded: toggle(lanes.folded) };
    const order = names.filter((one) => one !== "" && !lanes.hidden.includes(one));
    const from = order.indexOf(name), to = from + (act === "up" ? -1 : 1);
    if (to >= 0 && to < order.length) [order[from], order[to]] = [order[to], order[from]];
    return { ...lanes, by_hand: order };
  }

  function sameAddress(one, other) {
    const sorted = (search) => [...new URLSearchParams(search)].map(String).sort();
    return same(sorted(one), sorted(other));
  }

  let watching = [];
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    page: {
      /** Measure what the server cannot know: widths, and light or dark. */
      measure: function (_, limits) {
        const read = () => ({
          width: document.getElementById("timeline").clientWidth,
          window: window.innerWidth,
          theme: document.documentElement.dataset.theme,
        });
        if (window.innerWidth < PHONE) window.dash_clientside.set_props("filters-panel", { open: false });
        const fitPaper = () => {
          const { clientWidth, clientHeight } = document.getElementById("timeline");
          const fits = Math.min(1, PAPER[0] / clientWidth, PAPER[1] / clientHeight);
          document.documentElement.style.setProperty("--print-zoom", fits);
        };
        fitPaper();
        let last = read(), waiting = null;
        const tell = () => {
          const now = read();
          if (window.matchMedia("print").matches) return;
          fitPaper();
          if (same(now, last)) return;
          last = now;
          window.dash_clientside.set_props("client", { data: now });
        };
        watching.forEach((one) => one.disconnect());
        watching = [
          new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(tell, 150); }),
          new MutationObserver(tell),
        ];
        watching[0].observe(document.getElementById("timeline"));
        watching[1].observe(document.documentElement, { attributeFilter: ["data-theme"] });
        return document.fonts ? document.fonts.ready.then(() => (last = read())) : last;
      },

      askChart: function (filters, view, lanes, client, chosen, language, limits) {
        if (client) window.charts.ask([filters, view || null, lanes, client, chosen || null, language], limits);
      },

      /** Draw the figure that the server made, and follow what is done with it. */
      showFigure: function (figure, id, limits) {
        if (figure) window.charts.draw(document.getElementById(id), figure, limits);
      },

      /** The single place where the view changes; years and viewport keep in step. */
      reduce: function (
        actors, types, years, text, notAsserted, places, sources, lanesBy, lanesOrder, report, panels,
        clear, zoomed, zoomIn, zoomOut, zoomReset, clicked, close, read, stepped,
        search, filters, view, chosen, lanes, language, theme, opened, openPanels, laneNames, limits,
      ) {
        const by = changed();
        const idle = () => Array(20).fill(keep());
        const before = { filters, view: view || null, lanes };
        if (deciding && deciding.told && !same(before, deciding.before)) deciding = null;
        if (!by && !deciding) return idle();
        const told = {
          filters: {
            actors: actors || [], types: types || [], years, text: text || "", not_asserted: !!notAsserted,
            places: places || [], sources: sources || [],
          },
          view: view || null,
          chosen: chosen || null,
          report: report || null,
          panels: panels || [],
          lanes: { ...lanes, by: lanesBy, order: lanesOrder },
          language, theme,
        };
        const next = deciding ? addChange(deciding.next, told, by) : told;
        // controls that were built anew, in another language, hold what was held before
        const untouched = same(next.filters, filters) && same(next.lanes, lanes) && same(next.report, opened || null) && same(next.panels, openPanels);
        if (CONTROLS.includes(by) && untouched && !deciding) return idle();
        const ask = (step) => window.dash_clientside.set_props("step", { data: { ...step, at: Date.now() } });
        if (by === "read") {
          Object.assign(next, read, { language: new URLSearchParams(search).has("language") ? read.language : HOME });
        } else if (by === "stepped") {
          next.chosen = stepped.event;
          const days = stepped.days.map(time), [from, to] = seen();
          if (stepped.fit) next.view = zoomTo(days, limits);
          else if (days[1] < from || days[0] > to) next.view = panTo(0, days, limits);
          next.filters.years = yearsOfView(next.view, limits);
        } else if (by === "clicked" && ["step", "fit"].includes(clicked.act)) {
          ask({ event: chosen || null, by: Number(clicked.name), fit: clicked.act === "fit" });
          if (!deciding) return idle();
        } else if (by === "clicked" && clicked.act === "pan") {
          next.view = next.view && panTo(Number(clicked.name), null, limits);
          next.filters.years = yearsOfView(next.view, limits);
        } else if (by === "clicked" && clicked.act === "pair") {
          next.filters.actors = JSON.parse(clicked.name);
        } else if (by === "clicked" && clicked.act === "period") {
          next.view = fitView(...clicked.name.split("..").map(time), limits);
          next.filters.years = yearsOfView(next.view, limits);
        } else if (by === "clicked" && clicked.act === "place") {
          const [, event] = clicked.name.split(/^event:/);
          if (event) next.chosen = event;
          else next.filters.places = [clicked.name];
        } else if (by === "clicked" && clicked.act === "drop") {
          const { name } = clicked, empty = emptyFilters(limits);
          if (name) next.filters[name] = name === "not_asserted" || empty[name];
          else next.filters = empty;
          if (["", "years"].includes(name)) next.view = null;
        } else if (by === "clicked" && clicked.act === "language") {
          window.speech.keep();
          next.language = clicked.name;
        } else if (by === "clicked" && clicked.act === "theme") {
          next.theme = window.theme.other();
        } else if (by === "clear") {
          next.filters = emptyFilters(limits);
          next.view = null;
        } else if (by === "years") {
          next.view = viewOfYears(years, limits);
        } else if (["zoomed", "zoom-in", "zoom-out", "zoom-reset"].includes(by)) {
          next.view = by === "zoomed" ? zoomed.view
            : by === "zoom-in" ? zoomBy(0.5, limits) : by === "zoom-out" ? zoomBy(2, limits) : null;
          next.filters.years = yearsOfView(next.view, limits);
        } else if (by === "clicked" && clicked.act === "choose") {
          next.chosen = clicked.name;
          if (!clicked.quiet) window.setTimeout(() => focusCard(clicked.name), 0);
        } else if (by === "clicked" && clicked.act === "report") {
          next.report = clicked.name;
          document.getElementById("report-heading").focus();
        } else if (by === "clicked") {
          next.lanes = arrangeLanes(next.lanes, laneNames, clicked.act, clicked.name);
        } else if (by === "close") {
          next.chosen = null;
          const row = document.querySelector(".row.chosen") || document.querySelector(".row");
          if (row) row.focus();
        } else if (by === "lanes-by") {
          Object.assign(next.lanes, { by_hand: [], hidden: [], folded: [] });
        } else if (by === "lanes-order") {
          next.lanes.by_hand = [];
        }
        const drawn = window.charts.expect(next, limits);
        const write = (now, old) => (same(now, old) ? keep() : now);
        const address = by === "read" ? search : writeAddress(search, next, limits);
        const changes = [
          write(address, search), write(next.filters, filters), write(next.view, view || null),
          write(next.chosen, chosen || null), write(next.lanes, lanes),
          write(next.language, language), write(next.theme, theme), write(next.report, opened || null),
          write(next.panels, openPanels),
          write(next.filters.actors, actors), write(next.filters.types, types), write(next.filters.years, years),
          write(next.filters.text, text || ""), write(next.filters.not_asserted, !!notAsserted),
          write(next.filters.places, places || []), write(next.filters.sources, sources || []),
          write(next.lanes.by, lanesBy), write(next.lanes.order, lanesOrder),
          write(next.report, report || null), write(next.panels, panels || []),
        ];
        // Dash takes longer to tell all parts of a change than the chart to be drawn, which comes first
        if (!drawn || same({ filters: next.filters, view: next.view, lanes: next.lanes }, before)) return changes;
        const own = (deciding = { next, before, told: false });
        const patience = new Promise((done) => setTimeout(done, PATIENCE));
        return Promise.race([drawn, patience]).then(() => {
          own.told = true;
          return changes;
        });
      },

      /** Zoom the map by its buttons; the last shows where all the places are. */
      zoomMap: function () {
        const map = document.getElementById("map-graph"), by = triggered();
        if (!map.data || !value()) return keep();
        const { xaxis, yaxis } = by === "map-world" ? map.shown.layout : map._fullLayout;
        const factor = { "map-in": 0.5, "map-out": 2, "map-world": 1 }[by];
        const scale = ([low, high]) => [-1, 1].map((side) => (low + high) / 2 + (side * factor * (high - low)) / 2);
        window.Plotly.relayout(map, { "xaxis.range": scale(xaxis.range), "yaxis.range": scale(yaxis.range) });
        return keep();
      },

      /** Load the table's script once it is wanted; no page without a table waits for it. */
      loadGrid: function (open, ready) {
        if (ready || !open.includes("table")) return keep();
        return window.grid.load().then(() => true);
      },

      refreshGrid: function (filters, chosen) {
        window.grid.mark(chosen);
        if (triggered() === "drawn-filters") window.grid.refresh();
        return keep();
      },

      followGrid: function (rows) {
        if (rows && rows.length) window.grid.choose(rows[0].event_id);
        return keep();
      },

      showPanel: function (open, filters, client, id) {
        const shown = open.includes(id.replace("panel-", ""));
        return [!shown, shown && client ? filters : keep()];
      },

      /** Ask the server what an address means that was opened or gone back to, not one written here. */
      followAddress: function (search, filters, view, chosen, lanes, language, theme, report, panels, limits) {
        const own = writeAddress(search, { filters, view, chosen, lanes, report, panels, language, theme }, limits);
        return sameAddress(search, own) ? keep() : search;
      },

      /** Let the document be light or dark; what it should be is said to the controls. */
      applyTheme: function (theme) {
        return triggered() ? window.theme.apply(theme) : document.documentElement.dataset.theme;
      },

      /** The page has come in another language: its own attributes, and what was open and in focus. */
      applyLanguage: function (language) {
        if (language) window.speech.apply(language);
        return keep();
      },

      drawRows: function (rows) {
        window.listing.draw(rows || []);
        return keep();
      },

      /** Mark the chosen event's row; open the card. */
      markRow: function (chosen) {
        window.listing.mark(chosen);
        return chosen ? "card open" : "card";
      },

      /** The title of the figures stands in the address, and in its field. */
      keepTitle: function (title, search) {
        const parts = new URLSearchParams(search);
        const held = parts.get("title") || "";
        if (triggered() !== "title") return [held === title ? keep() : held, keep()];
        if (title === held) return [keep(), keep()];
        parts.delete("title");
        if (title) parts.append("title", title);
        const written = parts.toString();
        return [keep(), written ? "?" + written : ""];
      },

      /** Bring the chosen sentence, or the beginning, into view within the report. */
      showPassage: function () {
        setTimeout(() => {
          const box = document.getElementById("report-text"), told = box.querySelector(".told.chosen");
          const above = told ? told.getBoundingClientRect().top - box.getBoundingClientRect().top : -box.scrollTop;
          const seen = told && above >= 0 && above < box.clientHeight - 24;
          if (!seen) box.scrollTop += told ? above - box.clientHeight / 3 : above;
        }, 0);
        return keep();
      },

      /** Draw the export figure, its fonts within, and hand it back as a data address. */
      toImage: async function (figure) {
        if (!figure) return keep();
        const { name, format, scale, data, layout, locale, at, address } = figure;
        const image = await window.drawPicture(
          { data, layout, config: { locale } },
          { format, width: layout.width, height: layout.height, scale });
        return { name, image, at, address };
      },
    },
  });

  document.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) window.act(button.dataset.act, button.dataset.name, !!button.closest("#report-text"));
    const menu = document.getElementById("downloads");
    if (menu && menu.open && !event.target.closest("summary")) menu.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(event.key) || !event.target.matches("mark[role=button]")) return;
    event.preventDefault();
    event.target.click();
  });

  /** Do what a button with this act and name does; `quiet` leaves the focus where it is. */
  window.act = (act, name = "", quiet = false) =>
    window.dash_clientside.set_props("clicked", { data: { act, name, quiet, at: Date.now() } });

  /** Close what the focus is in: the menu of downloads, or the card. */
  function leave() {
    const [menu, card] = ["downloads", "card"].map((id) => document.getElementById(id));
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (card.contains(document.activeElement)) {
      document.getElementById("close").click();
    }
  }

  /** Move the focus to the card of `event` when it has arrived. */
  function focusCard(event, tries = 40) {
    const heading = document.querySelector(`#card [data-event="${CSS.escape(event)}"]`);
    if (heading) heading.focus();
    else if (tries) setTimeout(() => focusCard(event, tries - 1), 50);
  }
})();
