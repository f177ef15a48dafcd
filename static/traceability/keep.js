// Lets this browser check signed stamps without a network: keeps the page to scan with, and the keys anew at each visit.
const { worker, scope, cache, files } = document.querySelector("[data-keep]").dataset;
if (navigator.serviceWorker) {
  navigator.serviceWorker.register(worker, { scope })
    .then(() => caches.open(cache))
    .then((kept) => kept.addAll(JSON.parse(files)))
    .catch(() => {}); // A private window, or no room: the page works as it did.
}
