// Photos are made smaller here, sent in pieces, and sent on after every loss. Without this script the
// same forms send them whole: see catalog/routes/uploads.py for what is said between the two.
// What is made smaller is kept in this browser until the server has it, and goes on after a reload.
const SIDE = 1600, MOST_BYTES = 400000, PATIENCE_MS = 45000, TRIES = 60, OLD_MS = 2592e6;
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); addEventListener("online", done, { once: true }); });

// One step with the photos kept here. Where nothing may be kept, a reload loses what is under way, no more.
async function waiting(mode, step) {
  try {
    const base = await new Promise((done, fail) => {
      const opening = indexedDB.open("photos", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "key" });
      opening.onsuccess = () => done(opening.result);
      opening.onerror = opening.onblocked = fail;
    });
    return await new Promise((done, fail) => {
      const act = base.transaction("waiting", mode), asked = step(act.objectStore("waiting"));
      act.oncomplete = () => done(asked.result);
      act.onabort = act.onerror = fail;
    }).finally(() => base.close());
  } catch { return undefined; }
}
const forget = (photo) => waiting("readwrite", (store) => store.delete(photo.key));

async function smaller(file) {
  let picture;
  try { picture = await createImageBitmap(file); } catch { return file; }  // The server says why not.
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale) || 1;
  canvas.height = Math.round(picture.height * scale) || 1;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of [.82, .7, .58, .46]) {
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (!made) return file;
    if (made.size <= MOST_BYTES || quality === .46) return made;
  }
}

// One question, asked until it is answered: what the server keeps is safe to send twice.
async function ask(form, url, fields, tell) {
  for (let left = TRIES; left; left--) {
    const body = new FormData();
    for (const name of ["csrf_token", "for_enterprise", "subject"]) body.append(name, form.elements[name].value);
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(url, { method: "POST", body, signal: stop.signal });
      const said = await answer.json().catch(() => ({}));
      if ("offset" in said && (answer.ok || answer.status === 409) || "uploads" in said) return said;
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 408)  // 408: too slow a road.
        throw Object.assign(new Error(said.sentence || form.dataset.failed), { final: true });
    } catch (error) {
      if (error.final) throw error;
    } finally { clearTimeout(timer); }
    tell(form.dataset.waiting);
    await pause(Math.min(8000, 500 * 2 ** (TRIES - left)));
  }
  throw new Error(form.dataset.failed);
}

async function send(form, { key, photo }, tell, moved) {
  let at = await ask(form, form.dataset.uploads, { bytes: photo.size, request_id: key }, tell);
  const { url, piece_bytes: step } = at;
  while (at.offset < photo.size) {
    at = await ask(form, `${url}/pieces`, { offset: at.offset, piece: photo.slice(at.offset, at.offset + step) }, tell);
    moved(at.offset / photo.size);
  }
  await ask(form, `${url}/finish`, {}, tell);
}

// Photos of something new: the server begins a draft, once for each form; a reload comes back to it.
async function beginListing(form, tell) {
  const fields = { then: "uploads", request_id: form.elements.request_id.value };
  const draft = await ask(form, form.dataset.begin, fields, tell);
  form.dataset.uploads = draft.uploads;
  form.dataset.onward = draft.onward;
  delete form.dataset.begin;
  history.replaceState(null, "", draft.here);
}

// The chosen files, small and kept; a file that was tried before stays what it was.
async function made(form) {
  const { uploads, photosOf: whose } = form.dataset, subject = form.elements.subject.value;
  form.made ??= new Map();
  for (const file of form.querySelector("input[type=file]").files) {
    if (form.made.has(file)) continue;
    const key = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const photo = { key, uploads, whose, subject, at: Date.now(), photo: await smaller(file) };
    await waiting("readwrite", (store) => store.put(photo));
    form.made.set(file, photo);
  }
  return [...form.made.values()].filter((photo) => !photo.sent);
}

async function sendAll(form, kept) {
  const button = form.querySelector("button"), bar = form.querySelector("progress"), words = form.querySelector("[role=status]");
  bar.hidden = false;
  button.disabled = true;
  try {
    if (form.dataset.begin) await beginListing(form, (said) => { words.textContent = said; });
    const photos = kept ?? await made(form), line = kept ? form.dataset.resuming : form.dataset.sending;
    for (const [at, photo] of photos.entries()) {
      const saying = line.replace("{at}", at + 1).replace("{all}", photos.length);
      words.textContent = saying;
      await send(form, photo, (said) => { words.textContent = said; }, (part) => {
        words.textContent = saying;
        bar.value = (at + part) / photos.length;
      }).catch(async (error) => {
        if (error.final) await forget(photo);  // Refused: the same again would be too.
        throw error;
      });
      photo.sent = true;
      await forget(photo);
    }
    location.assign(form.dataset.onward || location.pathname);
  } catch (error) {
    words.textContent = error.message;
    button.disabled = false;
  }
}

// The photo of a paper goes with its form: made smaller as soon as it is chosen, where the browser can.
document.addEventListener("change", async ({ target }) => {
  if (!("smaller" in target.dataset) || !window.createImageBitmap) return;
  const file = target.files[0];
  if (!file?.type.startsWith("image/") || file.size <= MOST_BYTES) return;
  const made = await smaller(file);
  if (made === file || target.files[0] !== file) return;  // Meanwhile another was chosen.
  const chosen = new DataTransfer();
  chosen.items.add(new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: made.type }));
  target.files = chosen.files;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.uploads || !window.createImageBitmap) return;
  if (form.dataset.onward !== undefined && !form.querySelector("input[type=file]").files.length) return;  // Nothing to send: on.
  event.preventDefault();
  sendAll(form);
});

// Photos that were under way when this page was left go on, each below the field it was chosen in.
async function resume() {
  const all = await waiting("readonly", (store) => store.getAll()) ?? [];
  all.filter((photo) => Date.now() - photo.at > OLD_MS).forEach(forget);
  for (const form of document.querySelectorAll("form[data-photos-of]")) {
    const { uploads, photosOf } = form.dataset, subject = form.elements.subject.value;
    const mine = all.filter((photo) => photo.uploads === uploads && photo.whose === photosOf && photo.subject === subject);
    if (mine.length) sendAll(form, mine);
  }
}
if (window.createImageBitmap) resume();
