// What is typed into a form with data-keep stays in this browser until the server's next page proves it
// was kept (data-kept names its request_id), and is sent again after a loss. A module.
const OLD_MS = 2592e6, PATIENCE_MS = 25000, FILE_PATIENCE_MS = 120000;
const store = (form) => `kept:${form.dataset.keep}:${location.pathname}`;
const fields = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "password", "submit"].includes(one.type));
const state = (one) => ["radio", "checkbox"].includes(one.type) ? "checked" : "value";
const read = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
const forget = (which) => Object.keys(localStorage).filter((key) => key.startsWith("kept:") && which(read(key))).forEach((key) => localStorage.removeItem(key));

const picker = (form) => form.querySelector("input[type=file]");

// One step with the files kept here, by their form. Where nothing may be kept, a reload loses the file, no more.
async function files(mode, step) {
  try {
    const base = await new Promise((done, fail) => {
      const opening = indexedDB.open("kept", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("files");
      opening.onsuccess = () => done(opening.result);
      opening.onerror = opening.onblocked = fail;
    });
    return await new Promise((done, fail) => {
      const act = base.transaction("files", mode), asked = step(act.objectStore("files"));
      act.oncomplete = () => done(asked.result);
      act.onabort = act.onerror = fail;
    }).finally(() => base.close());
  } catch { return undefined; }
}

// Files whose form the server has, or that was given up, go too.
async function dropFiles() {
  for (const key of await files("readonly", (all) => all.getAllKeys()) ?? [])
    if (!localStorage.getItem(key)) await files("readwrite", (all) => all.delete(key));
}

function keepFile(form) {
  const file = picker(form)?.files[0];
  if (file) return files("readwrite", (all) => all.put(file, store(form)));
}

async function restoreFile(form) {
  const file = await files("readonly", (all) => all.get(store(form)));
  const input = picker(form);
  if (!file || input.files.length) return false;
  const chosen = new DataTransfer();
  chosen.items.add(file);
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));  // A heavy photo is made smaller again.
  form.querySelector("[data-lost]")?.remove();
  return true;
}

function say(form, text, ...more) {
  const box = document.createElement("div"), line = document.createElement("p");
  box.className = "notice calm";
  line.textContent = text;
  box.append(line, ...more);
  form.querySelector("[data-said]").replaceChildren(box);
}

function keep(form) {
  const typed = fields(form).map((one) => [one.name, one.value, one[state(one)]]);
  const { request_id: { value: request }, version: { value: version = "" } = {} } = form.elements;
  try {
    localStorage.setItem(store(form), JSON.stringify({ typed, request, version, at: Date.now() }));
  } catch { /* Full, or forbidden. */ }
}

async function restore(form) {
  const saved = read(store(form));
  let isOther = saved && picker(form) ? await restoreFile(form) : false;
  for (const [name, value, was] of saved?.typed ?? []) for (const one of fields(form)) {
    const what = state(one);
    if (one.name !== name || what === "checked" && one.value !== value || one[what] === was) continue;
    one[what] = was;
    one.closest("details")?.setAttribute("open", "");
    isOther = true;
  }
  if (!isOther) return localStorage.removeItem(store(form));
  if (form.elements.version) form.elements.version.value = saved.version;  // An older one overwrites nothing.
  form.elements.request_id.value = saved.request;
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "btn quiet";
  drop.textContent = form.dataset.drop;
  drop.onclick = async () => { localStorage.removeItem(store(form)); await dropFiles(); location.reload(); };
  say(form, form.dataset.restored, drop);
}

// The answer takes this page's place
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.url !== location.href) history.pushState(null, "", answer.url);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  begin();
  scrollTo(0, 0);
  document.querySelector("p.refusal")?.scrollIntoView({ block: "center" });
}

async function send(form, button) {
  if (form.sending) return;
  keep(form);
  const all = new FormData(form, button), hasFile = Boolean(picker(form));
  form.sending = hasFile ? all : new URLSearchParams(all);
  await keepFile(form);
  for (let wait = 1000; form.isConnected; wait = Math.min(2 * wait, 8000)) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), hasFile ? FILE_PATIENCE_MS : PATIENCE_MS);
    try {
      const answer = await fetch(location.href, { method: "POST", body: form.sending, signal: stop.signal });
      if (answer.status < 500) return await show(answer);
    } catch { /* Again. */ } finally { clearTimeout(timer); }
    say(form, form.dataset.waiting);
    await new Promise((done) => { setTimeout(done, wait); addEventListener("online", done, { once: true }); });
  }
}

function begin() {
  const proof = document.querySelector("[data-kept]")?.dataset.kept;
  forget((saved) => !saved || saved.request === proof || Date.now() - saved.at > OLD_MS);
  document.querySelectorAll("form[data-keep]").forEach(restore);
  dropFiles();
}

document.addEventListener("input", ({ target: { form, type } }) => {
  if (!form?.dataset.keep || form.sending) return;
  keep(form);
  if (type === "file") keepFile(form);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("action") === "/sign-out") forget(() => true);
  if (!form.dataset.keep) return;
  event.preventDefault();
  send(form, event.submitter);
});
addEventListener("popstate", () => location.reload());
begin();
