/* The table of events: its script loaded when wanted, its rows in step with filters and choice. */
(function () {
  "use strict";

  const SCRIPT = "_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
  let loading = null, chosen = null;
  const find = () => window.dash_ag_grid && document.getElementById("grid") && window.dash_ag_grid.getApi("grid");

  function load() {
    loading = loading || new Promise((done, fail) => {
      const script = document.createElement("script");
      Object.assign(script, { src: SCRIPT, onload: done, onerror: fail });
      document.head.append(script);
    });
    return loading;
  }

  /** Show the chosen event as the chosen row, where it is among those that are loaded. */
  function show(api) {
    api.forEachNode((node) => {
      const wanted = node.id === chosen;
      if (node.id && node.data && !!node.isSelected() !== wanted) node.setSelected(wanted, false, "api");
    });
  }

  window.grid = {
    load,
    refresh: () => { const api = find(); if (api) api.purgeInfiniteCache(); },
    mark: (event) => {
      chosen = event;
      const api = find();
      if (!api) return;
      if (!api.isMarked) api.addEventListener("modelUpdated", () => show(api));
      api.isMarked = true;
      show(api);
    },
    choose: (event) => { if (event !== chosen) window.act("choose", event, true); },
  };
})();
