// Keeps every <time class="ago" datetime="…"> true: how long ago, in one unit, as streams/console/pages/spoken.py has it.
"use strict";
function ago(moment, now) {
  let seconds = Math.trunc((now - moment) / 1000);
  const after = now >= moment ? "ago" : "ahead";
  seconds = Math.abs(seconds);
  if (seconds < 60) return `${seconds} s ${after}`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${after}`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ${after}`;
  return `${Math.floor(seconds / 86400)} days ${after}`;
}
function tellTimes(within = document) {
  const now = Date.now();
  for (const element of within.querySelectorAll("time.ago")) {
    const told = ago(Date.parse(element.dateTime), now);
    if (element.textContent !== told) element.textContent = told;
  }
}
tellTimes();
setInterval(() => tellTimes(), 1000);
