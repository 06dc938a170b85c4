/* Answers the pages of a driver from the phone when the network does not. SETUP, with
   the files to keep, is written before this by the server. Nothing but GET passes here:
   taps are kept and sent by the page itself. */
"use strict";

const CACHE = "charroi-drive";
const PATIENCE_MS = 4_000;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(SETUP.assets.map((url) => new Request(url, { cache: "reload" })));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const kept = async (request) =>
  (await caches.open(CACHE)).match(request, { ignoreSearch: true, ignoreVary: true });

const isWhole = (answer) => answer.ok && answer.type === "basic" && !answer.redirected;

/* A page that leads elsewhere now, as to signing in, is shown from here no more. */
const forget = async (request) =>
  (await caches.open(CACHE)).delete(request, { ignoreSearch: true, ignoreVary: true });

/* The network, for a few seconds when the phone has something to show instead. */
const page = async (request) => {
  const known = await kept(request);
  const asked = fetch(request);
  try {
    if (!known) return await asked;
    const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS, known); });
    const answer = await Promise.race([asked, late]);
    if (answer.type === "opaqueredirect") await forget(request);
    if (answer !== known && isWhole(answer)) {
      await (await caches.open(CACHE)).put(request.url, answer.clone());
    }
    return answer.status >= 500 ? known : answer;
  } catch (error) {
    if (known) return known;
    throw error;
  } finally {
    asked.catch(() => { /* Told above, or no longer waited for. */ });
  }
};

/* Files are shown at once as kept, and kept anew for the next time. */
const file = async (event) => {
  const known = await kept(event.request);
  const asked = fetch(event.request).then(async (answer) => {
    if (isWhole(answer) && known) {
      await (await caches.open(CACHE)).put(event.request, answer.clone());
    }
    return answer;
  });
  if (!known) return asked;
  event.waitUntil(asked.catch(() => { /* Next time, then. */ }));
  return known;
};

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (SETUP.assets.includes(url.pathname)) event.respondWith(file(event));
});
