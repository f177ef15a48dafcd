// The camera on /scan: after a tap it looks for a code and sends it as typed.
const root = document.querySelector("[data-camera]"), form = document.querySelector("[name=code]").form;
const [open, view, torch, close] = ["open", "view", "torch", "close"].map((name) => root.querySelector(`[data-${name}]`));
const video = root.querySelector("video"), status = root.querySelector("[role=status]");
const canvas = document.createElement("canvas"), pen = canvas.getContext("2d", { willReadFrequently: true });
const FORMATS = { formats: ["qr_code"] }, PAUSE_MS = 120, SLOW_MS = 15000;
let stream = null;

const say = (name) => { status.textContent = root.dataset[name] ?? ""; };
const own = async () => new (await import(root.dataset.reader)).BarcodeDetector(FORMATS);

async function reader() {
  try {
    if ((await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return new BarcodeDetector(FORMATS);
  } catch {} // Not known here.
  return own();
}

function show(next, words) {
  stream?.getTracks().forEach((track) => track.stop());
  stream = video.srcObject = next;
  view.hidden = !next;
  open.hidden = Boolean(next);
  torch.ariaPressed = "false";
  say(words);
}

async function look(mine) {
  const began = performance.now();
  let found = await reader();
  while (stream === mine) {
    if (video.readyState > 1) {
      [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
      pen.drawImage(video, 0, 0);
      // A browser's reader may have nothing behind.
      const [code] = await found.detect(canvas).catch(async () => { found = await own(); return []; });
      if (code?.rawValue && stream === mine) {
        show(null, "found");
        form.elements.code.value = code.rawValue;
        return (form.requestSubmit ?? form.submit).call(form); // For offline.js.
      }
    }
    if (performance.now() - began > SLOW_MS) say("slow");
    await new Promise((wake) => setTimeout(wake, PAUSE_MS));
  }
}

async function start() {
  if (!navigator.mediaDevices) return say("closed");
  const mine = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  const [track] = mine.getVideoTracks();
  show(mine, "looking");
  if (document.hidden) return show(null);
  track.onended = () => stream === mine && show(null, "none");
  torch.hidden = !track.getCapabilities?.().torch;
  close.focus();
  look(mine).catch(() => stream === mine && show(null, "lost"));
}

open.onclick = () => {
  open.disabled = true;
  start()
    .catch((refused) => show(null, refused.name === "NotAllowedError" ? "denied" : "none"))
    .finally(() => { open.disabled = false; });
};
close.onclick = () => { show(null); open.focus(); };
torch.onclick = async () => {
  const on = torch.ariaPressed !== "true";
  await stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
  torch.ariaPressed = String(on);
};
document.onvisibilitychange = () => document.hidden && show(null);
root.hidden = false;
