// What every page has: colours, the list of keys, signing out.
"use strict";
const themes = ["auto", "light", "dark"];
const themeButton = document.getElementById("theme");
function showTheme() {
  const now = document.documentElement.dataset.theme || "auto";
  themeButton.textContent = "◐ " + now[0].toUpperCase() + now.slice(1);
  themeButton.setAttribute("aria-label", `Colours: ${now}`);
}
function nextTheme() {
  const now = document.documentElement.dataset.theme || "auto";
  const next = themes[(themes.indexOf(now) + 1) % themes.length];
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("newswatch-theme", next);
  } catch {
    // It holds for this page only.
  }
  showTheme();
}
themeButton.addEventListener("click", nextTheme);
themeButton.hidden = false;
showTheme();

const help = document.getElementById("help");
const keysButton = document.getElementById("keys");
keysButton.addEventListener("click", () => help.showModal());
keysButton.hidden = false;

document.getElementById("leave")?.addEventListener("click", async () => {
  await fetch("/api/session", { method: "DELETE" });
  location.reload();
});

// A key is meant for the page unless it is typed into something, or goes with Ctrl, Alt or Meta.
function isForPage(event) {
  return !(event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || help.open ||
    event.target.closest("input, select, textarea"));
}
document.addEventListener("keydown", (event) => {
  if (!isForPage(event)) return;
  if (event.key === "?") help.showModal();
  else if (event.key === "t") nextTheme();
  else return;
  event.preventDefault();
});
