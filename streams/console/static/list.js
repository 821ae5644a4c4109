// The keys of a list of alerts. What is chosen is what has the focus, so a screen reader follows.
"use strict";
// On a phone the filters take half of the screen: they are there when they are asked for.
const sift = document.getElementById("sift");
if (sift && matchMedia("(max-width: 40rem)").matches) sift.open = false;

const rows = () => [...document.querySelectorAll(".alert")];
function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.indexOf(document.activeElement?.closest(".alert"));
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const next = here < 0
    ? all.findIndex((row) => row.getBoundingClientRect().bottom > bar)
    : Math.min(Math.max(here + step, 0), all.length - 1);
  const row = all[Math.max(next, 0)];
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  // The bar lies over the top.
  const hidden = document.querySelector(".bar").getBoundingClientRect().bottom + 8 - row.getBoundingClientRect().top;
  if (hidden > 0) scrollBy(0, -hidden);
}
function follow(selector) {
  const link = document.activeElement?.closest(".alert")?.querySelector(selector);
  link?.click();
  return Boolean(link);
}
document.addEventListener("keydown", (event) => {
  if (!isForPage(event)) return;
  const onRow = document.activeElement?.classList.contains("alert");
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "Enter" && onRow) follow(".main-link");
  else if (event.key === "w") follow('.links a[href^="/articles/"]');
  else if (event.key === "o") follow("a.source");
  else if (event.key === "/") {
    sift?.setAttribute("open", "");
    document.getElementById("watch")?.focus();
  } else if (event.key === ".") {
    scrollTo({ top: 0 });
    rows()[0]?.focus({ preventScroll: true });
  } else {
    return;
  }
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("#filters")) event.target.blur();
});

// An empty field asks for nothing: it stays out of the address, which is there to be sent on.
document.getElementById("filters")?.addEventListener("submit", (event) => {
  for (const field of event.target.elements) if (field.name && !field.value.trim()) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.getElementById("filters")?.elements || []) field.disabled = false;
});
document.getElementById("filters")?.addEventListener("change", (event) => {
  if (event.target.matches("[type=checkbox], select")) event.target.form.requestSubmit();
});
