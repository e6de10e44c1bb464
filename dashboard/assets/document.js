/* What the document itself shows: light or dark, its language, and the guide of a first visit. */
(function () {
  "use strict";

  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");
  let chosen = root.dataset.theme || "";

  window.theme = {
    /** Take a theme, "" for that of the system; what the page then shows comes back. */
    apply: (theme) => {
      chosen = theme || "";
      root.dataset.theme = chosen || system();
      return (root.dataset.agThemeMode = root.dataset.theme); // AG Grid's own name for it
    },
    /** The theme to choose for the other one than now: "" where the system has it. */
    other: () => {
      const wanted = root.dataset.theme === "dark" ? "light" : "dark";
      return wanted === system() ? "" : wanted;
    },
  };
  window.theme.apply(chosen);
  dark.addEventListener("change", () => window.theme.apply(chosen));

  /** How wide the chart will be, by the page's own style: the parts around it, without content. */
  function foresee() {
    const page = document.createElement("div");
    page.id = "page";
    page.innerHTML = '<main><div class="column"><section class="chart"><div id="timeline"></div></section></div><aside class="card"></aside></main>';
    document.body.append(page);
    const width = page.querySelector("#timeline").clientWidth;
    page.remove();
    return { width, window: window.innerWidth, theme: root.dataset.theme };
  }
  // told with the first question, so that its answer holds the chart; other views are asked for later
  if (!location.search)
    document.cookie = `client=${encodeURIComponent(JSON.stringify(foresee()))}; max-age=20; samesite=strict`;

  let folds = [], focus = "";
  window.speech = {
    /** Keep what is open and in focus before the page is built in another language. */
    keep: () => {
      folds = [...document.querySelectorAll("#page details")].map((one) => one.open);
      focus = document.activeElement.id;
    },
    /** The page stands in this language: mark it so, and open again what was open. */
    apply: (language) => {
      root.lang = language;
      document.title = document.querySelector(".brand").textContent;
      const now = [...document.querySelectorAll("#page details")];
      if (now.length === folds.length) now.forEach((one, at) => (one.open = folds[at]));
      const focused = focus && document.getElementById(focus);
      if (focused) focused.focus();
    },
  };

  const GUIDE = "guide";
  const told = () => { try { return localStorage.getItem(GUIDE); } catch { return "away"; } };
  const tell = (state) => { try { localStorage.setItem(GUIDE, state); } catch { /* not remembered */ } };
  root.dataset.guide = told() || "open";

  /** Show the guide or put it away, and remember it. */
  window.guide = (open = root.dataset.guide !== "open") => {
    root.dataset.guide = open ? "open" : "away";
    tell(root.dataset.guide);
    const next = document.getElementById(open ? "guide-heading" : "guide-open");
    if (next) next.focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#guide-open, #guide-close");
    if (button) window.guide(button.id === "guide-open" ? undefined : false);
  });
})();
