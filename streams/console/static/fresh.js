// Brings what is in #fresh up to date every 10 s, unless somebody is busy in it.
"use strict";
const fresh = document.getElementById("fresh");
async function refresh() {
  const busy = fresh.contains(document.activeElement) || !getSelection().isCollapsed ||
    fresh.querySelector("details[open]") || document.hidden;
  if (busy) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("fresh");
    if (now) fresh.replaceChildren(...now.childNodes);
    delete fresh.dataset.stale;
    tellTimes();
  } catch {
    fresh.dataset.stale = "";
  }
}
setInterval(refresh, 10000);
