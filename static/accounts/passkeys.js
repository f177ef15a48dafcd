// Passkeys: asks the browser to make one or to answer with one, and sends what it says with the form.
// Without script, or where the browser knows no passkeys, the block stays hidden.
"use strict";

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function read(options) {
  options.challenge = bytesOf(options.challenge);
  if (options.user) options.user.id = bytesOf(options.user.id);
  for (const one of options.allowCredentials || options.excludeCredentials || [])
    one.id = bytesOf(one.id);
  return options;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
    if (credential.response[name]) response[name] = textOf(credential.response[name]);
  const id = credential.id;
  return JSON.stringify({ id, rawId: id, type: credential.type, response });
}

for (const block of document.querySelectorAll("[data-passkey]")) {
  const form = block.closest("form");
  if (!window.PublicKeyCredential || !form) continue;
  block.hidden = false;
  for (const other of document.querySelectorAll("[data-without-passkey]")) other.hidden = true;
  block.querySelector("button").addEventListener("click", async () => {
    const refusal = block.querySelector("[data-refusal]");
    refusal.hidden = true;
    try {
      const publicKey = read(JSON.parse(block.dataset.options));
      const credential = await navigator.credentials[block.dataset.passkey]({ publicKey });
      form.elements.answer.value = written(credential);
      form.submit();
    } catch {
      refusal.hidden = false; // Called off, not known here, or no safe connection.
    }
  });
}
