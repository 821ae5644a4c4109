// Before anything is painted: the colours that were chosen here the last time.
"use strict";
try {
  const chosen = localStorage.getItem("newswatch-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Without a store the system's colours are taken.
}
