/* Say when the server is gone or fails, and when it is there again. */
(function () {
  "use strict";

  const RETRY = 3000; // milliseconds between two tries to reach it
  const ask = window.fetch.bind(window);
  const ours = (address) => new URL(address, location.href).origin === location.origin;
  let trying = null;

  /** Show one of the texts that the banner holds; nothing hides it. */
  function say(trouble) {
    const banner = document.getElementById("trouble");
    if (!banner) return;
    banner.querySelector("span").textContent = banner.dataset[trouble] || "";
    banner.hidden = !trouble;
  }

  function keepTrying() {
    clearTimeout(trying);
    trying = setTimeout(async () => {
      const answer = await ask(location.pathname, { method: "HEAD" }).catch(() => null);
      if (answer && answer.ok) say("back");
      else keepTrying();
    }, RETRY);
  }

  window.fetch = async (...asked) => {
    const address = asked[0] instanceof Request ? asked[0].url : String(asked[0]);
    try {
      const answer = await ask(...asked);
      if (ours(address) && answer.status >= 500) say("broken");
      return answer;
    } catch (error) {
      if (error.name !== "AbortError" && ours(address)) {
        say("gone");
        keepTrying();
      }
      throw error;
    }
  };

  document.addEventListener("click", (event) => event.target.closest("#reload") && location.reload());
})();
