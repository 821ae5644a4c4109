// Brings what is in #fresh up to date every 10 s, unless somebody is busy in it.
"use strict";
const fresh = document.getElementById("fresh");
const stale = document.getElementById("stale");
let since = Date.now();
async function refresh() {
  const busy = fresh.contains(document.activeElement) || !getSelection().isCollapsed ||
    fresh.querySelector("details[open]") || document.hidden;
  if (busy) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.status === 401) location.reload(); // It asks for the token, and comes back here.
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("fresh");
    if (now) fresh.replaceChildren(...now.childNodes);
    since = Date.now();
    stale.hidden = true;
    tellTimes();
  } catch {
    const told = new Date(since).toISOString().slice(0, 19).replace("T", " ");
    stale.textContent = `The console does not answer: this is how it was at ${told}Z, ${ago(since, Date.now())}. Trying again.`;
    stale.hidden = false;
  }
}
setInterval(refresh, 10000);
