/* The route kept on the phone: the page and all it needs, so that it opens without
   network. Kept for its own day and the next; charroi.js drops it when
   its person signs out, on whichever page. */
"use strict";

(() => {
  const CACHE = "charroi-drive";
  const DAY_MS = 86_400_000;

  const keepPage = async (cache, url) => {
    const answer = await fetch(url, { redirect: "manual" });
    if (answer.ok) await cache.put(url, answer);
    return answer.ok;
  };

  const canKeep = () => "serviceWorker" in navigator && "caches" in window;

  /* Whether this page, and what it needs, now lies on the phone. */
  window.charroiDrive.keep = async (store, phone) => {
    if (!canKeep()) return false;
    await navigator.serviceWorker.register(phone.worker, { scope: phone.scope });
    await navigator.serviceWorker.ready;
    const cache = await caches.open(CACHE);
    await Promise.all(phone.assets.map(async (url) => {
      if (!(await cache.match(url))) await cache.add(url);
    }));
    const isKept = (await keepPage(cache, phone.here)) ||
      Boolean(await cache.match(phone.here));
    await keepPage(cache, phone.scope);
    await store.keepPage(
      { url: phone.here, person: phone.person, service_on: phone.service_on });
    return isKept;
  };

  window.charroiDrive.keepAgain = async (phone) => {
    if (canKeep()) await keepPage(await caches.open(CACHE), phone.here);
  };

  /* Pages of past days, and of somebody else who used this phone. */
  window.charroiDrive.dropOldPages = async (store, phone) => {
    if (!canKeep()) return;
    const cache = await caches.open(CACHE);
    for (const page of await store.pages()) {
      const isPast = Date.parse(page.service_on) + 2 * DAY_MS < Date.now();
      if (page.url === phone.here || (!isPast && page.person === phone.person)) continue;
      await cache.delete(page.url);
      await store.dropPage(page.url);
    }
  };
})();
