// The service worker of /scan (docs/adr/0020). Above it the server writes CACHE, SHELL and KEPT. It answers nothing while
// there is a network; without one, only the page to scan with and its files. No verdict and no private page is ever kept.
const ANY = { ignoreVary: true };
const STAMP = /^\/(scan|s\/[^/]+|01\/\d{14}\/.+)\/?$/i;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([SHELL, ...KEPT])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("scan-") && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

// What was typed or read by the camera goes on in the address's fragment, which is sent nowhere.
async function forward(request) {
  const code = (await request.formData()).get("code") || "";
  return Response.redirect(`/scan#code=${encodeURIComponent(code)}`, 303);
}

async function scanned(request) {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (lost) {
    return copy.method === "POST" ? forward(copy) : (await caches.match(SHELL, ANY)) ?? Promise.reject(lost);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  const isOpened = request.mode === "navigate" && request.destination === "document"; // In no frame of another's page.
  if (isOpened && STAMP.test(url.pathname)) return event.respondWith(scanned(request));
  if (request.method === "GET" && KEPT.includes(url.pathname + url.search)) {
    event.respondWith(fetch(request).catch(async (lost) => (await caches.match(request, ANY)) ?? Promise.reject(lost)));
  }
});
