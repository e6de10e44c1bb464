/* The list of events: built here, since Dash takes half a second to build fifty rows. */
(function () {
  "use strict";

  let chosen = null;
  const make = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

  function makeRow({ id, when, title, type, struck }) {
    const row = make("button", "row", "");
    Object.assign(row.dataset, { act: "choose", name: id });
    row.type = "button";
    row.append(make("span", "when", when), make("span", struck ? "title struck" : "title", title), make("span", "type", type));
    const item = document.createElement("li");
    item.append(row);
    return item;
  }

  window.listing = {
    /** Show these rows; one that stays is the same under the pointer and keeps the focus. */
    draw: (rows) => {
      const list = document.getElementById("row-list");
      const old = new Map([...list.children].map((one) => [one.dataset.told, one]));
      list.replaceChildren(...rows.map((row) => {
        const told = JSON.stringify(row), item = old.get(told) || makeRow(row);
        item.dataset.told = told;
        return item;
      }));
      window.listing.mark(chosen);
    },
    /** Mark the chosen event's row, also when the list comes later. */
    mark: (event) => {
      chosen = event;
      document.querySelectorAll(".row").forEach((row) => {
        row.classList.toggle("chosen", row.dataset.name === chosen);
        row.setAttribute("aria-current", row.dataset.name === chosen);
      });
    },
  };
})();
