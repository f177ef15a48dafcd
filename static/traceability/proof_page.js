// A stamp's page checks its own proof. It adds what it found below what the server says, and never changes that.
const place = document.querySelector("[data-proof]"), alarm = document.getElementById("proof-alarm");

function tell(outcome) {
  const words = document.getElementById(`proof-${outcome}`).content.cloneNode(true);
  const isLoud = outcome === "mismatch";
  place.replaceChildren(...(isLoud ? [] : [words]));
  alarm.hidden = !isLoud;
  alarm.replaceChildren(...(isLoud ? [words] : []));
  document.documentElement.dataset.proof = outcome;
}

async function fetched(url) {
  const answer = await fetch(url, { cache: "no-cache" });
  if (!answer.ok) throw new Error(answer.status);
  return answer;
}

async function checkProof() {
  const { proof, policy, serial, fallback, integrity } = place.dataset;
  tell("checking");
  try {
    const answers = await Promise.all([fetched(proof), fetched(policy)]);
    const bytes = new Uint8Array(await answers[0].arrayBuffer());
    const found = await stampProof.check(bytes, await answers[1].text(), { serial, fallback: { src: fallback, integrity } });
    tell(found.outcome);
  } catch {
    tell("away");
    addEventListener("online", checkProof, { once: true });
  }
}

checkProof();
