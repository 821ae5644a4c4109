// The token goes out once, as a header, and comes back as a cookie: never in an address, a log or a store.
"use strict";
const field = document.getElementById("token");
const refused = document.getElementById("refused");
function refuse(text) {
  refused.textContent = text;
  refused.hidden = false;
  field.select();
}
document.getElementById("signin").addEventListener("submit", async (event) => {
  event.preventDefault();
  refused.hidden = true;
  let answer;
  try {
    answer = await fetch("/api/session", { method: "POST", headers: { Authorization: `Bearer ${field.value.trim()}` } });
  } catch {
    refuse("The console does not answer, or this is no token: it has ASCII characters only.");
    return;
  }
  if (answer.ok) {
    field.value = "";
    location.reload();
  } else {
    refuse("That is not the token of this console.");
  }
});
