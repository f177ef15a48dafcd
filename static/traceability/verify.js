// The page that checks any stamp's proof: a file chosen or pasted, the stamp's number, the keys shown. Nothing is sent.
const form = document.getElementById("proof-form"), result = document.getElementById("proof-result");
const wordsOf = (id) => document.getElementById(`proof-${id}`).content.cloneNode(true);

async function proofGiven({ file, text }) {
  if (file.files.length) return new Uint8Array(await file.files[0].arrayBuffer());
  const pasted = text.value.trim(); // What is pasted often lost the end of its last line.
  return pasted ? stampProof.utf8(`${pasted}\n`) : null;
}

// Text alone, never markup: whoever made the proof wrote it.
function recordOf({ record, witnesses, later }) {
  const list = wordsOf("record"), acts = later.map(({ kind, at }) => `${kind} (${at})`);
  const known = { ...record, witnesses: witnesses.join(", "), later: acts.join(", ") };
  for (const line of list.querySelectorAll("[data-of]")) {
    const value = known[line.dataset.of];
    if (value) line.querySelector("dd").textContent = value;
    else line.remove();
  }
  return list;
}

form.onsubmit = async (event) => {
  event.preventDefault();
  const proof = await proofGiven(form.elements);
  if (!proof) return result.replaceChildren(wordsOf("none"));
  result.replaceChildren(wordsOf("checking"));
  const { fallback, integrity } = form.dataset;
  const options = { serial: form.elements.serial.value, fallback: { src: fallback, integrity } };
  const found = await stampProof.check(proof, form.elements.policy.value, options);
  const holds = ["proved", "pending"].includes(found.outcome);
  result.replaceChildren(wordsOf(found.outcome), ...(holds ? [recordOf(found)] : []));
  result.dataset.outcome = found.outcome;
};
form.hidden = false;
