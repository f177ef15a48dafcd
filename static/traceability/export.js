// The page of an export of the log: checks the proof that somebody chose or pasted, by the keys the page shows.
const form = document.querySelector("form"), said = document.getElementById("said");
const copyOf = (id) => document.getElementById(id).content.cloneNode(true);

async function proofOf({ file, text }) {
  if (file.files.length) return new Uint8Array(await file.files[0].arrayBuffer());
  const pasted = text.value.trim(); // What is pasted often lost its last line's end.
  return pasted ? stampProof.utf8(`${pasted}\n`) : null;
}

// Text alone, never markup: whoever made the proof wrote it.
function recordOf({ record, witnesses, later }) {
  const list = copyOf("record");
  const known = { ...record, witnesses: witnesses.join(", "), later: later.map(({ kind, at }) => `${kind} (${at})`).join(", ") };
  for (const place of list.querySelectorAll("[data-of]")) {
    const value = known[place.dataset.of];
    if (value || value === 0) place.textContent = value;
    else [place.previousElementSibling, place].forEach((one) => one.remove());
  }
  return list;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const proof = await proofOf(form.elements);
  if (!proof) return said.replaceChildren(copyOf("empty"));
  said.replaceChildren(copyOf("checking"));
  const fallback = { src: said.dataset.fallback, integrity: "" }; // It lies beside the page: who changes one changes both.
  const serial = form.elements.serial.value.trim();
  const found = await stampProof.check(proof, document.getElementById("policy").textContent, { serial, fallback });
  const isRecord = ["proved", "pending"].includes(found.outcome);
  said.replaceChildren(copyOf(found.outcome), ...(isRecord ? [recordOf(found)] : []));
});
