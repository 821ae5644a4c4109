// What comes after the page was made: pieces of the page from the server, over one connection that mends itself.
"use strict";
const MOST = 500; // Alerts kept on the page.
const SILENT_MS = 40000; // The server says something every 15 s.
const AGAIN_MS = 3000;

const list = document.getElementById("alerts");
const state = document.getElementById("state");
const lost = document.getElementById("lost");
const pauseButton = document.getElementById("pause");
const waitingButton = document.getElementById("waiting");
const title = document.title;
const address = new URL(list.dataset.stream, location.href);
let source;
let lastSign = Date.now();
let lostSince = null;
let brokerSince = null;
let signedOut = false;
let paused = false;
let waiting = new Map(); // Alert id to its newest piece, in the order of arrival.
let unseen = 0;

function utc(moment) {
  return new Date(moment).toISOString().slice(0, 19).replace("T", " ") + "Z";
}

function showState() {
  if (signedOut) {
    lost.replaceChildren("The session is over: ");
    const link = document.createElement("a");
    link.href = location.href;
    link.textContent = "sign in again";
    lost.append(link);
  } else if (lostSince) {
    lost.textContent = `Connection lost since ${utc(lostSince)} (${ago(lostSince, Date.now())}). Trying again; what comes meanwhile is shown then.`;
  } else if (brokerSince) {
    lost.textContent = `The console gets no answer from the broker since about ${utc(brokerSince)} (${ago(brokerSince, Date.now())}): newer alerts are not here.`;
  }
  lost.hidden = !(signedOut || lostSince || brokerSince);
  const now = signedOut || lostSince || brokerSince ? "lost" : paused ? "paused" : source.readyState === 1 ? "live" : "connecting";
  const told = {
    lost: signedOut ? "Signed out" : lostSince ? "Connection lost" : "No broker",
    paused: "Paused", live: "Live", connecting: "Connecting…",
  }[now];
  if (state.dataset.state !== now || state.textContent !== told) {
    state.dataset.state = now;
    state.textContent = told;
  }
  document.title = unseen ? `(${unseen}) ${title}` : title;
}

function showTrouble(trouble) {
  const strip = document.getElementById("trouble");
  strip.hidden = !trouble;
  const told = strip.firstElementChild;
  if (trouble && told.textContent !== trouble) told.textContent = trouble;
}

function alive() {
  lastSign = Date.now();
  lostSince = null;
  showState();
}

// The browser looks for it: with 500 on the page and thousands that come at once a list of all takes minutes.
function rowOf(id) {
  return list.querySelector(`[data-id="${CSS.escape(id)}"]`);
}

function place(piece) {
  const before = rowOf(piece.dataset.id);
  if (before) {
    if (Number(before.dataset.revision) > Number(piece.dataset.revision)) return;
    // Whoever reads it keeps his place, and what he has opened.
    const focused = before.contains(document.activeElement);
    const opened = [...before.querySelectorAll("details")].map((one) => one.open);
    [...piece.querySelectorAll("details")].forEach((one, at) => { one.open = opened[at] || false; });
    before.replaceWith(piece);
    if (focused) piece.focus({ preventScroll: true });
  } else {
    list.prepend(piece);
  }
  document.getElementById("empty")?.remove();
  if (list.childElementCount > MOST) {
    while (list.childElementCount > MOST) list.lastElementChild.remove();
    const newest = document.createElement("a");
    newest.href = document.getElementById("pages").dataset.newest;
    newest.textContent = "Load the page again for older alerts";
    document.getElementById("pages").replaceChildren(newest);
  }
}

// What stands on the page has been sent again as something that the filters leave out: it stays, and says so.
function outdate(row, revision) {
  if (Number(row.dataset.revision) >= revision) return;
  row.querySelector(".outdated")?.remove();
  const told = document.createElement("p");
  told.className = "outdated";
  const link = document.createElement("a");
  link.href = row.querySelector(".permalink").href;
  link.textContent = `revision ${revision}`;
  told.append("Sent again since, as ", link, ", which these filters leave out. Below is what it was before.");
  row.querySelector(".line").after(told);
}

function take(event) {
  alive();
  address.searchParams.set("last_event_id", event.lastEventId);
  const holder = document.createElement("template");
  holder.innerHTML = event.data; // Made by the server's templates, which escape all text.
  const piece = holder.content.firstElementChild;
  if (!piece) return;
  if (document.hidden) unseen += 1;
  const known = paused ? waiting.get(piece.dataset.id) : undefined;
  if (!paused) place(piece);
  else if (!known || Number(known.dataset.revision) <= Number(piece.dataset.revision)) waiting.set(piece.dataset.id, piece);
  tell(piece);
  showWaiting();
  tellTimes(piece);
  showState();
}

function tell(piece) {
  const again = piece.dataset.revision === "0" ? "alert" : "alert again";
  document.getElementById("told").textContent =
    `${piece.querySelector(".severity").textContent} ${again}, ${piece.querySelector(".watch").textContent}: ${piece.querySelector("h2").textContent.trim()}`;
}

function showWaiting() {
  waitingButton.hidden = !waiting.size;
  waitingButton.textContent = `${waiting.size} ${waiting.size === 1 ? "alert has" : "alerts have"} come: show and go on (p)`;
}

function pause(now) {
  paused = now;
  pauseButton.setAttribute("aria-pressed", String(paused));
  pauseButton.textContent = paused ? "Go on" : "Pause";
  if (!paused) {
    for (const piece of waiting.values()) place(piece);
    waiting = new Map();
    tellTimes();
  }
  showWaiting();
  showState();
}

function connect() {
  source?.close();
  source = new EventSource(address);
  source.addEventListener("open", alive);
  source.addEventListener("alert", take);
  source.addEventListener("moved", (event) => {
    alive();
    address.searchParams.set("last_event_id", event.lastEventId);
    const { alert_id, revision } = JSON.parse(event.data);
    const known = waiting.get(alert_id);
    if (known) outdate(known, revision);
    const row = rowOf(alert_id);
    if (row) outdate(row, revision);
  });
  source.addEventListener("beat", (event) => {
    if (event.lastEventId) address.searchParams.set("last_event_id", event.lastEventId);
    const { unmet, trouble } = JSON.parse(event.data);
    brokerSince = unmet.length ? brokerSince || Date.now() - 15000 : null;
    showTrouble(trouble);
    alive();
  });
  source.addEventListener("gap", (event) => {
    const gap = document.getElementById("gap");
    const { reason } = JSON.parse(event.data);
    gap.textContent = reason === "gone"
      ? "Some alerts between are no longer on the topic, and are not shown here."
      : "The topic of alerts was made anew: what is shown above what follows is of the old one. Load the page again.";
    gap.hidden = false;
    alive();
  });
  source.addEventListener("error", async () => {
    lostSince ??= Date.now();
    showState();
    if (source.readyState !== EventSource.CLOSED) return; // The browser tries again by itself.
    setTimeout(connect, AGAIN_MS);
    try {
      const answer = await fetch("/api/openapi.json", { method: "HEAD" });
      signedOut = answer.status === 401;
    } catch {
      signedOut = false;
    }
    showState();
  });
}

pauseButton.addEventListener("click", () => pause(!paused));
pauseButton.hidden = false;
waitingButton.addEventListener("click", () => pause(false));
document.addEventListener("keydown", (event) => {
  if (isForPage(event) && event.key === "p") pause(!paused);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) unseen = 0;
  showState();
});
connect();
showState();
setInterval(() => {
  // A connection that was cut without a word, as by a laptop that slept.
  if (Date.now() - lastSign > SILENT_MS && !signedOut) {
    lostSince ??= lastSign;
    lastSign = Date.now();
    connect();
  }
  showState();
}, 1000);
