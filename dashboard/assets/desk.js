/* The dialog that adds reports: paste, drop or choose; one after the other, each with what became of it. */
(function () {
  "use strict";

  const RAW = { "Content-Type": "application/octet-stream" };
  let known = null, texts = null, address = "", items = [], busy = false;
  const part = (name) => document.getElementById(`desk-${name}`);
  const fill = (text, slots) => text.replace(/\{(\w+)\}/g, (_, name) => slots[name]);

  /** An element with attributes, listeners ("onclick") and children; text stays text. */
  function make(tag, given, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(given)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value !== false) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  }

  const button = (name, onclick, more = {}) =>
    make("button", { type: "button", class: "quiet", id: `desk-${name}`, onclick, ...more }, texts[name]);

  function build() {
    const languages = known.languages.map(([value, name]) => make("option", { value }, name));
    const files = make("input", {
      type: "file", id: "desk-files", multiple: true, accept: known.taken, "aria-describedby": "desk-formats",
      onchange: (event) => { add([...event.target.files]); event.target.value = ""; },
    });
    const dialog = make("dialog", { id: "desk", lang: known.words, "aria-labelledby": "desk-heading" },
      make("div", { class: "bar" },
        make("h2", { id: "desk-heading", tabindex: "-1" }, texts.heading), button("close", () => dialog.close())),
      make("p", { class: "hint" }, texts.about),
      make("label", { for: "desk-text" }, texts.paste),
      make("textarea", { id: "desk-text", rows: "6", dir: "auto" }),
      make("div", { class: "drop" },
        make("label", { for: "desk-files" }, texts.choose), files, make("span", {}, texts.drop),
        make("p", { class: "hint", id: "desk-formats" }, texts.formats)),
      make("label", { for: "desk-language" }, texts.language),
      make("select", { id: "desk-language" }, make("option", { value: "" }, texts.by_itself), ...languages),
      make("ol", { id: "desk-items" }),
      make("progress", { id: "desk-progress", hidden: true, "aria-label": texts.reading }),
      make("p", { id: "desk-said", role: "status" }),
      make("div", { class: "choices" },
        button("read", readAll, { class: "quiet main" }),
        button("show", show, { hidden: true }),
        button("remove", remove, { hidden: !known.is_own })));
    return dialog;
  }

  function open(opener) {
    if (part("heading")) part("heading").closest("dialog").remove();
    known = JSON.parse(opener.dataset.known);
    ({ texts, address } = known);
    items = [];
    const dialog = build();
    document.body.append(dialog);
    dialog.addEventListener("close", () => { opener.focus(); });
    dialog.showModal();
    part("text").focus();
  }

  function add(files) {
    for (const file of files) {
      const item = { name: file.name, content: file, kind: "waiting", lines: [] };
      if (file.size > known.most) Object.assign(item, { kind: "refused", lines: [texts.too_large] });
      items.push(item);
    }
    draw();
  }

  /** What was pasted is one more item, under its first words. */
  function addPasted() {
    const text = part("text").value.trim();
    if (!text) return;
    items.push({ name: `${texts.pasted}.txt`, content: new Blob([text]), kind: "waiting", lines: [] });
    part("text").value = "";
  }

  function draw() {
    part("items").replaceChildren(...items.map(drawItem));
    const read = items.filter((one) => one.kind === "read").length;
    part("show").hidden = !(address !== known.address || read) || busy;
    part("progress").hidden = !busy;
    part("read").disabled = part("remove").disabled = busy;
  }

  function drawItem(item, at) {
    const state = { waiting: [texts.waiting], reading: [texts.reading] }[item.kind] || item.lines;
    const row = make("li", { class: item.kind }, make("bdi", {}, item.name),
      ...state.map((line) => make("span", {}, line)));
    const away = () => { items.splice(items.indexOf(item), 1); draw(); part("files").focus(); };
    if (!busy && item.kind !== "read")
      row.append(make("button", { type: "button", class: "away", "aria-label": fill(texts.remove_one, item), onclick: away }, "×"));
    if (item.kind === "asks") row.append(askDay(item, at));
    return row;
  }

  function askDay(item, at) {
    const day = make("input", { type: "date", id: `desk-day-${at}`, "aria-describedby": `desk-why-${at}`, disabled: busy, value: item.day || "", onchange: (event) => (item.day = event.target.value) });
    const withDay = () => (day.value ? readSome([item], { published: day.value }) : day.focus());
    return make("div", { class: "ask" },
      make("label", { for: day.id }, texts.day), day,
      make("button", { type: "button", class: "quiet", disabled: busy, onclick: withDay }, texts.with_day),
      make("button", { type: "button", class: "quiet", disabled: busy, onclick: () => readSome([item], { without_day: "1" }) }, texts.without_day),
      make("p", { class: "hint", id: `desk-why-${at}` }, texts.day_why));
  }

  function readAll() {
    addPasted();
    const waiting = items.filter((one) => one.kind === "waiting");
    if (waiting.length) readSome(waiting, {});
    else {
      part("said").textContent = texts.nothing;
      part("text").focus();
    }
  }

  /** One after the other, so that each has its line; then on to the timeline, or to what is asked. */
  async function readSome(chosen, more) {
    busy = true;
    const bar = part("progress");
    for (const [done, item] of chosen.entries()) {
      Object.assign(bar, { max: chosen.length, value: done });
      part("said").textContent = fill(texts.progress, { done, all: chosen.length });
      item.kind = "reading";
      draw();
      Object.assign(item, await send(item, more));
    }
    busy = false;
    draw();
    const open = items.filter((one) => one.kind !== "read");
    if (!open.length) return show();
    const told = open.flatMap((one) => one.lines.map((line) => `${one.name}: ${line}`));
    part("said").textContent = told.length === 1 ? told[0] : fill(texts.progress, { done: items.length - open.length, all: items.length });
    const day = document.querySelector("#desk .ask input") || part("heading");
    day.focus();
  }

  async function send(item, more) {
    const asked = new URLSearchParams({ name: item.name, words: known.words, language: part("language").value, ...more });
    const refuse = (line) => ({ kind: "refused", lines: [line] });
    try {
      const answer = await window.fetch(`${address}?${asked}`, { method: "POST", headers: RAW, body: item.content });
      const told = await answer.json();
      if (!told.reports) return refuse(told.error || texts.failed);
      if (told.address) address = told.address;
      const kinds = told.reports.map((one) => one.kind);
      const kind = ["asks", "refused"].find((one) => kinds.includes(one)) || "read";
      return { kind, lines: told.reports.map((one) => (kinds.length > 1 ? `${one.title}: ${one.says}` : one.says)) };
    } catch {
      return refuse(texts.failed);
    }
  }

  /** The visitor's own page, with the same view in its address. */
  function show() {
    part("said").textContent = texts.showing;
    if (window.location.pathname === address) window.location.reload();
    else window.location.assign(address + window.location.search);
  }

  async function remove() {
    const answer = await window.fetch(address, { method: "DELETE" }).catch(() => null);
    if (answer && (answer.ok || answer.status === 404)) window.location.assign(`/${window.location.search}`);
    else part("said").textContent = texts.failed;
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("#desk-open");
    if (opener) open(opener);
  });
  // anywhere in the dialog; elsewhere a dropped file would replace the page
  for (const name of ["dragover", "drop"])
    document.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      const opener = document.getElementById("desk-open"), dialog = document.getElementById("desk");
      if (name === "dragover" || !opener) return;
      if (!dialog || !dialog.open) open(opener);
      if (!busy) add([...event.dataTransfer.files]);
    });
})();
