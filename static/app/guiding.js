// Guiding. The producer's page tells in which field one is (its name, never its text) and shows what
// the helper says; the helper's page is drawn anew when the step changes. Every 3 s while visible.
const EVERY = 3000, LONGEST = 30 * 60 * 1000, begun = Date.now();
const bar = document.getElementById("guided"), step = document.getElementById("guiding-step");

function poll(address, told) {
  const timer = setInterval(async () => {
    if (Date.now() - begun > LONGEST) clearInterval(timer);
    if (document.visibilityState !== "visible") return;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok || told(await answer.json()) === false) clearInterval(timer);
    } catch { /* No network just now: the next time. */ }
  }, EVERY);
}

function point(name) {
  for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
  const field = name && document.querySelector(`main [name="${CSS.escape(name)}"]`);
  if (!field) return;
  (field.closest(".field") || field).classList.add("pointed");
  field.scrollIntoView({ block: "center" });
}

if (bar) {
  const hidden = new FormData(document.getElementById("guided-end"));
  const tell = (name) => {
    const said = new URLSearchParams({ place: bar.dataset.place, field: name });
    for (const each of ["csrf_token", "for_enterprise"]) said.set(each, hidden.get(each));
    fetch("/manage/guiding/at", { method: "POST", body: said }).catch(() => {});
  };
  document.addEventListener("focusin", (event) => {
    const name = event.target.name;
    if (name && event.target.closest("main")) tell(name);
  });
  let seen = Number(bar.dataset.notes);
  point(bar.dataset.field);
  poll("/manage/guiding/now", (now) => {
    if (!now.on) { bar.remove(); point(""); return false; }
    if (now.notes === seen) return true;
    seen = now.notes;
    document.getElementById("guided-note").textContent = now.note || "→";
    point(now.field);
    return true;
  });
}

if (step) poll(step.dataset.now, (now) => {
  const words = document.querySelector("input[name=words]");
  if (words && words.value) return true; // Nothing typed is thrown away.
  if (`${now.on} ${now.place} ${now.field}` !== step.dataset.seen) location.reload();
  return true;
});
