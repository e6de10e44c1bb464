/* Copy the address of the view, with the language it is read in, and say so. */
(function () {
  "use strict";

  /** The page's address as somebody else needs it: their browser may prefer another language. */
  function writeLink() {
    const address = new URL(window.location.href);
    address.searchParams.set("language", document.documentElement.lang);
    address.hash = "";
    return address.href;
  }

  /** Copy a text where the page may use the clipboard, else by way of a field. */
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("not copied");
  }

  window.addEventListener("beforeprint", () => {
    document.getElementById("caption-link").textContent = writeLink();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("#copy-link");
    if (!button) return;
    const said = document.getElementById("link-said");
    said.textContent = "";
    const answer = await copy(writeLink()).then(() => "copied", () => "failed");
    said.textContent = button.dataset[answer];
    button.focus();
    setTimeout(() => (said.textContent = ""), 8000);
  });
})();
