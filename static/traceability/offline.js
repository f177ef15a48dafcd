// Checks a signed stamp without a network, against keys kept earlier (docs/adr/0018, 0020). No clock is asked.
const root = document.querySelector("[data-offline]"), said = root.querySelector("[role=status]");
const form = document.querySelector("[name=code]").form;
const DIGITS = /^\d{155}$/, SERIAL = "[0-9A-HJKMNP-TV-Z]{13}";
const GOODS = new RegExp(`^/01/(\\d{14})/21/(${SERIAL})/?$`, "i"), OWN = new RegExp(`^/s/(${SERIAL})/?$`, "i");

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const kept = async (name) => (await caches.match(root.dataset[name]))?.json();

function signatureOf(digits) {
  let number = DIGITS.test(digits ?? "") ? BigInt(digits) : 1n << 512n;
  if (number >> 512n) return null;
  const bytes = new Uint8Array(64);
  for (let at = 63; at >= 0; at -= 1, number >>= 8n) bytes[at] = Number(number & 255n);
  return bytes;
}

function addressOf(text) { // URL.canParse is younger than many telephones.
  try { return new URL(text); } catch { return null; }
}

// What an address says: whose goods, which number, its signature; null: no address.
function read(text) {
  const url = addressOf(text);
  if (!url) return null;
  if (!url.protocol.startsWith("http")) return { isOurs: true }; // A network's password, a telephone's number.
  const host = new URL(root.dataset.site).host, query = url.searchParams;
  const goods = GOODS.exec(url.pathname), own = OWN.exec(url.pathname);
  const gtin = goods ? goods[1] : query.get("gtin"), serial = (goods?.[2] ?? own?.[1])?.toUpperCase();
  const address = gtin ? `https://id.gs1.org/01/${gtin}/21/${serial}` : `${url.protocol}//${host}/s/${serial}`;
  return { host: url.host, isOurs: url.host === host, gtin, serial, address, digits: query.get("s") };
}

async function isBy(key, signature, message) {
  try {
    const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, message);
  } catch {
    const { verifyAsync } = await import(root.dataset.ed25519);
    return verifyAsync(signature, message, key);
  }
}

// Who makes these goods, by what was kept: names, each with its GTINs.
async function makerOf(gtin) {
  const made = Object.entries(await kept("makers") ?? {}).find(([, gtins]) => gtins.includes(gtin));
  return made?.[0];
}

// The outcome's name, as data-… has its words, and what they speak of.
export async function check(text) {
  const stamp = read(text), book = await kept("keys");
  if (!stamp) return ["typed"];
  if (!stamp.isOurs) return ["foreign", { host: stamp.host }];
  if (!stamp.serial) return ["malformed"];
  if (stamp.digits === null) return ["unsigned", { serial: stamp.serial }];
  if (!book) return ["keyless"];
  const signature = signatureOf(stamp.digits), message = new TextEncoder().encode(`goc-stamp-v1\n${stamp.address}`);
  for (const key of signature ? book.keys : []) {
    if (!await isBy(bytesOf(key.public), signature, message)) continue;
    if (key.revoked) return ["revoked", { since: key.revoked_words }];
    const maker = stamp.gtin && await makerOf(Number(stamp.gtin));
    return maker ? ["proved", { maker, serial: stamp.serial }] : ["unnamed", { serial: stamp.serial }];
  }
  return ["unproved", { day: book.day_words }];
}

function show([outcome, values = {}]) {
  const words = root.dataset[outcome].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  said.textContent = words;
  root.dataset.outcome = outcome;
  root.className = `notice ${outcome === "proved" || outcome === "unnamed" ? "calm" : "attentive"}`;
  root.hidden = false;
}

const look = (text) => check(text).then(show, () => show(["unable"]));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  look(form.elements.code.value.trim());
});
const passed = () => {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code) look(code);
};
addEventListener("hashchange", passed);
const STEADY = 1000; // Milliseconds: a weak signal comes and goes.
addEventListener("online", () => setTimeout(() => navigator.onLine && location.reload(), STEADY));
if (/^\/scan/.test(location.pathname)) passed();
else look(location.href);
