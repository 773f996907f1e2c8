// When there is no network, whoever has opened the form for reporting on this device gets a page to write on instead of
// the browser's own fault. Only that empty page and what it is drawn with are kept (decision 0021). Nothing about anybody is.

const KEPT = "aktsom-uten-nett-1";
const PAGE = "/meld/uten-nett/";
const STORE = "aktsom-uten-nett";
const DAY = 24 * 60 * 60 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));

async function tidy() {
  for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (address.pathname.startsWith("/skole/")) return; // pupils' own pages: nothing stands between them and the school
    event.waitUntil(forgetOld());
    event.respondWith(fetch(request).catch(() => kept(PAGE)));
  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(fetch(request).catch(() => kept(request)));
  }
});

async function kept(wanted) {
  const cache = await caches.open(KEPT);
  return (await cache.match(wanted)) ?? Response.error();
}

// What was written more than a day ago is thrown away, whoever wrote it.
function forgetOld() {
  return new Promise((done) => {
    const opening = indexedDB.open(STORE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "token" });
    opening.onerror = done;
    opening.onsuccess = () => {
      const change = opening.result.transaction("kept", "readwrite");
      const rows = change.objectStore("kept").openCursor();
      rows.onsuccess = () => {
        if (!rows.result) return;
        if (rows.result.value.at < Date.now() - DAY) rows.result.delete();
        rows.result.continue();
      };
      change.oncomplete = change.onabort = () => {
        opening.result.close();
        done();
      };
    };
  });
}
