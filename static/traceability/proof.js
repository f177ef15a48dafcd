// Checks a stamp's proof as `python -m traceability.verify` does, by the same steps (docs/adr/0014): the stamp in
// its batch, the batch in the log, the signatures of log and maker, later entries, the witnesses. It believes nobody but the
// policy it is given, and knows no page: `stampProof.check(bytes, policy, { serial, fallback })`.
const stampProof = (() => {
  const HASH_BYTES = 32, SIGNATURE_BYTES = 64, TIME_BYTES = 8, ID_BYTES = 4, BLINDING_BYTES = 16;
  const ED25519 = 1, COSIGNATURE = 4, FORM = 1, VERSION = 1;
  const MOST_BYTES = 1e6, MOST_SIGNATURES = 100, LONGEST_PATH = 64;
  const LINE_ITEMS = new Map([["log", [2, 3]], ["witness", [3, 4]], ["quorum", [2, 2]], ["group", [4, Infinity]]]);
  const BASE_POINT = new Uint8Array(HASH_BYTES).fill(0x66).fill(0x58, 0, 1); // A key that every Ed25519 can read.

  class Unable extends Error {} // Nothing is said against the proof: this browser cannot look.
  class Pending extends Error {}

  const fail = (why = "malformed") => { throw new Error(why); };
  const must = (fact, why = "malformed") => fact || fail(why);
  const utf8 = (text) => new TextEncoder().encode(text);
  const fromUtf8 = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const same = (one, other) => hex(one) === hex(other);
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const leafHash = (bytes) => sha256(joined([0], bytes));

  // How bytes, numbers and objects are written: one way each, every other refused.
  function fromBase64(text, length) {
    const raw = atob(text);
    must(btoa(raw) === text);
    const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
    must(!length || bytes.length === length);
    return bytes;
  }

  function fromHex(text, length) {
    must(text.length === 2 * length && /^[0-9a-f]+$/.test(text));
    return Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  }

  function decimal(text) {
    must(/^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)));
    return Number(text);
  }

  function canonical(value) { // RFC 8785.
    if (Array.isArray(value)) return `[${value.map(canonical)}]`;
    if (value && typeof value === "object") {
      return `{${Object.keys(value).sort().map((name) => `${canonical(name)}:${canonical(value[name])}`)}}`;
    }
    must(typeof value !== "number" || Number.isSafeInteger(value));
    must(typeof value !== "string" || !/\p{Surrogate}/u.test(value));
    return JSON.stringify(value);
  }

  function readObject(text) {
    const value = JSON.parse(text);
    must(value && typeof value === "object" && !Array.isArray(value) && canonical(value) === text);
    return value;
  }

  function readPath(lines) {
    must(lines.length <= LONGEST_PATH);
    return lines.map((line) => fromBase64(line, HASH_BYTES));
  }

  // c2sp.org/tlog-proof, with the extra data that makes it the proof of one stamp.
  function readProof(text) {
    const cut = text.indexOf("\n\n");
    const [header, extraLine, indexLine, ...path] = text.slice(0, Math.max(cut, 0)).split("\n");
    must(header === "c2sp.org/tlog-proof@v1");
    must(extraLine?.startsWith("extra "), "the proof of an entry, not of a stamp");
    must(indexLine?.startsWith("index "));
    const said = fromUtf8(fromBase64(extraLine.slice(6)));
    const { v, uri, blinding, index, path: stampPath, entry, later, keys } = readObject(said);
    const bare = (list) => list.map(({ entry, index, path }) => ({ entry, index, path }));
    const known = { v, uri, blinding, index, path: stampPath, entry, later: bare(later), keys: bare(keys) };
    must(v === FORM && canonical(known) === said && !uri.includes("\n"));
    const logged = (list) => list.map((one) => ({ ...one, path: readPath(one.path) }));
    return {
      uri, blinding: fromHex(blinding, BLINDING_BYTES), index, path: readPath(stampPath),
      entry: { entry, index: decimal(indexLine.slice(6)), path: readPath(path) },
      later: logged(later), keys: logged(keys),
      checkpoint: readCheckpoint(text.slice(cut + 2)),
    };
  }

  // c2sp.org/signed-note and tlog-checkpoint.
  function readCheckpoint(note) {
    must(note.endsWith("\n") && !/[\0-\x09\x0b-\x1f]/.test(note));
    const cut = note.slice(0, -1).lastIndexOf("\n\n");
    must(cut > 0);
    const text = note.slice(0, cut + 1), lines = note.slice(cut + 2, -1).split("\n");
    must(lines.length <= MOST_SIGNATURES);
    const [origin, size, root, ...more] = text.slice(0, -1).split("\n");
    must(origin && size && root && more.every(Boolean));
    return { text, origin, size: decimal(size), root: fromBase64(root, HASH_BYTES), signatures: lines.map(readSignature) };
  }

  function readSignature(line) {
    const [, name, encoded] = /^\u2014 ([^+\s]+) (\S+)$/.exec(line) ?? fail();
    const raw = fromBase64(encoded);
    must(raw.length > ID_BYTES);
    return { name, id: hex(raw.slice(0, ID_BYTES)), signature: raw.slice(ID_BYTES) };
  }

  // c2sp.org/tlog-policy: whom to believe.
  async function readPolicy(text) {
    const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null }, members = new Set();
    const known = (name) => policy.witnesses.has(name) || policy.groups.has(name);
    const take = {
      log: async (key) => policy.logs.push(await newKey(key, ED25519, policy.logs)),
      witness: async (name, key) => {
        must(!known(name) && name !== "none");
        policy.witnesses.set(name, await newKey(key, COSIGNATURE, [...policy.witnesses.values()]));
      },
      group: (name, least, ...names) => {
        must(!known(name) && name !== "none" && names.every(known));
        for (const one of names) must(!members.has(one) && members.add(one));
        const count = { any: 1, all: names.length }[least] ?? decimal(least);
        must(count >= 1 && count <= names.length);
        policy.groups.set(name, { count, names });
      },
      quorum: (name) => {
        must(!policy.quorum && (known(name) || name === "none"));
        policy.quorum = name;
      },
    };
    must(!/[\0-\x08\x0b-\x1f]/.test(text));
    for (const line of text.split("\n")) {
      const [kind, ...items] = line.split(/[ \t]+/).filter(Boolean);
      if (!kind || kind.startsWith("#")) continue;
      const [least, most] = LINE_ITEMS.get(kind) ?? fail();
      must(items.length + 1 >= least && items.length + 1 <= most);
      await take[kind](...items);
    }
    must(policy.quorum);
    return policy;
  }

  async function newKey(text, algorithm, others) {
    const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? fail();
    const raw = fromBase64(encoded, 1 + HASH_BYTES), bytes = raw.slice(1);
    must(raw[0] === algorithm);
    const named = await sha256(joined(utf8(`${name}\n`), raw));
    must(hex(named.slice(0, ID_BYTES)) === id, "the id is not that of the key");
    must(!others.some((one) => same(one.bytes, bytes)));
    return { name, id, algorithm, bytes };
  }

  function agrees(policy, name, signers) {
    if (policy.witnesses.has(name)) return signers.has(policy.witnesses.get(name));
    const { count, names } = policy.groups.get(name);
    return names.filter((one) => agrees(policy, one, signers)).length >= count;
  }

  // The keys of the policy that signed the checkpoint; a wrong signature of one of them fails.
  async function signersOf(checkpoint, policy, verify) {
    const signers = new Set();
    for (const { name, id, signature } of checkpoint.signatures) {
      const key = [...policy.logs, ...policy.witnesses.values()].find((one) => one.name === name && one.id === id);
      if (!key || signers.has(key)) continue;
      const time = signature.slice(0, key.algorithm === COSIGNATURE ? TIME_BYTES : 0);
      const bare = signature.slice(time.length);
      const start = time.length ? `cosignature/v1\ntime ${BigInt(`0x${hex(time)}`)}\n` : "";
      const good = bare.length === SIGNATURE_BYTES && await verify(key.bytes, bare, utf8(start + checkpoint.text));
      must(good, `${name} did not sign this text`);
      signers.add(key);
    }
    return signers;
  }

  // RFC 9162, section 2.1.3.2.
  async function included(leaf, index, size, path, root) {
    must(Number.isSafeInteger(index) && index >= 0 && index < size, "no such leaf in the tree");
    let node = leaf, place = index, last = size - 1;
    const climb = () => { [place, last] = [Math.floor(place / 2), Math.floor(last / 2)]; };
    for (const neighbour of path) {
      must(last > 0, "the path is longer than the tree is high");
      const left = place % 2 === 1 || place === last;
      node = await sha256(left ? joined([1], neighbour, node) : joined([1], node, neighbour));
      while (left && place && place % 2 === 0) climb(); // It had risen without a neighbour up to here.
      climb();
    }
    must(last === 0, "the path ends below the root");
    must(same(node, root), "the path leads to another root");
  }

  function readEntry(text) {
    const fields = readObject(text), kind = /^[a-z]+(-[a-z]+)*$/, moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
    must(fields.v === VERSION && kind.test(fields.kind) && moment.test(fields.at));
    return fields;
  }

  function stepsOf(proof, policy, verify, serial, found) {
    let signers;
    const { checkpoint } = proof;
    const logged = async ({ entry, index, path }) => included(await leafHash(utf8(entry)), index, checkpoint.size, path, checkpoint.root);
    return {
      async stamp() {
        must(!serial || serialOf(proof.uri.split("/").pop()) === serialOf(serial), "the proof of another stamp");
        const { kind, batch, count, root } = found.record = readEntry(proof.entry.entry);
        must(kind === "batch" && typeof batch === "string" && Number.isSafeInteger(count), "not an entry of a batch");
        const leaf = utf8(`goc-stamp-leaf-v1\n${proof.uri}\n${hex(proof.blinding)}`);
        await included(await leafHash(leaf), proof.index, count, proof.path, fromHex(root, HASH_BYTES));
      },
      entry: () => logged(proof.entry),
      async log() {
        signers = await signersOf(checkpoint, policy, verify);
        must(policy.logs.some((key) => key.name === checkpoint.origin && signers.has(key)), "no log we believe signed");
      },
      async maker() { // The log's order decides, no clock.
        const known = new Map();
        for (const one of [...proof.keys].sort((one, other) => one.index - other.index)) {
          must(one.index < proof.entry.index, "a key told after its batch");
          await logged(one);
          await takeKey(known, readEntry(one.entry));
        }
        const { v, kind, at, signature, ...said } = found.record, key = known.get(said.key);
        must(key?.state === "valid" && key.enterprise && key.enterprise === said.enterprise, "no living key of the maker");
        const message = utf8(`goc-batch-v1\n${canonical(said)}`);
        must(await verify(key.bytes, fromBase64(signature, SIGNATURE_BYTES), message), "the maker did not sign the batch");
      },
      async later() {
        for (const one of proof.later) {
          readEntry(one.entry);
          must(one.index > proof.entry.index, "a later entry stands before its batch");
          await logged(one);
        }
      },
      async witnesses() { // Last: its lack alone contradicts nothing.
        found.witnesses = [...policy.witnesses].filter(([, key]) => signers.has(key)).map(([name]) => name);
        found.later = actsOn(proof, found.record.batch);
        if (policy.quorum === "none" || !agrees(policy, policy.quorum, signers)) throw new Pending("too few witnesses");
      },
    };
  }

  async function takeKey(known, { kind, key, state, enterprise, public: text }) {
    const before = known.get(key);
    must(kind === "key", "no entry about a key");
    if (state === "valid" && !before) {
      const bytes = fromBase64(text, HASH_BYTES);
      must(hex((await sha256(bytes)).slice(0, 8)) === key, "a key named after another");
      known.set(key, { enterprise, bytes, state });
    } else {
      must(["ended", "revoked"].includes(state) && before?.enterprise === enterprise, "the end of another key");
      must(before && before.state !== "revoked", "an end after the end");
      before.state = state;
    }
  }

  // The later entries that speak of this very stamp, oldest first; ordinals count from 1.
  function actsOn(proof, batch) {
    const covers = ({ first = proof.index + 1, last = proof.index + 1 }) => first <= proof.index + 1 && proof.index + 1 <= last;
    const entries = [...proof.later].sort((one, other) => one.index - other.index).map((one) => readEntry(one.entry));
    return entries.filter((fields) => fields.batch === batch && covers(fields));
  }

  const serialOf = (text) => text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");

  // WebCrypto's Ed25519, else the library at `fallback`: { src, integrity ("": none) }.
  async function verifier(fallback) {
    must(globalThis.crypto?.subtle, "no crypto.subtle");
    const read = (bytes) => crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
    try {
      await read(BASE_POINT);
      return async (key, signature, message) => crypto.subtle.verify("Ed25519", await read(key), signature, message);
    } catch {} // Chrome before 137, Samsung Internet, many pages inside other apps.
    await preload(fallback);
    const { verifyAsync } = await import(new URL(fallback.src, document.baseURI));
    return (key, signature, message) => verifyAsync(signature, message, key, { zip215: false });
  }

  // A module loaded so stays the one that `import` gives, and `import` itself checks no integrity.
  function preload({ src, integrity }) {
    const link = Object.assign(document.createElement("link"), { rel: "modulepreload", href: src, integrity });
    if (!integrity || !link.relList.supports("modulepreload")) return null; // Safari has it from 17 on.
    return new Promise((resolve, reject) => {
      [link.onload, link.onerror] = [resolve, () => reject(new Error("the library did not come"))];
      document.head.append(link);
    });
  }

  async function check(bytes, policyText, { serial = "", fallback } = {}) {
    const found = { outcome: "mismatch", passed: [], why: "", record: {}, witnesses: [], later: [] };
    try {
      must(bytes.byteLength <= MOST_BYTES);
      const verify = await verifier(fallback).catch((error) => { throw new Unable(error.message); });
      const [proof, policy] = [readProof(fromUtf8(bytes)), await readPolicy(policyText)];
      for (const [name, step] of Object.entries(stepsOf(proof, policy, verify, serial, found))) {
        await step();
        found.passed.push(name);
      }
      found.outcome = "proved";
    } catch (error) {
      found.why = error.message;
      if (error instanceof Unable) found.outcome = "unable";
      if (error instanceof Pending) found.outcome = "pending";
    }
    return found;
  }

  return { check, utf8 };
})();
