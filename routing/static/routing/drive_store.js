/* What the phone keeps: its taps until they are sent and some days after, its own name
   and counter, how far its clock is from the server's, which pages it holds. */
"use strict";

(() => {
  const NAME = "charroi-drive";
  const DAY_MS = 86_400_000;
  const TAP_DAYS = 14;

  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const ended = (transaction) => new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });

  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  const open = async () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const taps = request.result.createObjectStore("taps", { keyPath: "local_id" });
      taps.createIndex("route", "route");
      request.result.createObjectStore("meta", { keyPath: "name" });
      request.result.createObjectStore("pages", { keyPath: "url" });
    };
    const database = await asked(request);
    const write = (...stores) =>
      database.transaction(stores, "readwrite", { durability: "strict" });
    const read = (store) => database.transaction(store).objectStore(store);

    return {
      uuid,

      /* Keep a new tap; name, counter and row in one transaction, whatever tab asks. */
      async add(said) {
        const transaction = write("taps", "meta");
        const done = ended(transaction);
        const meta = transaction.objectStore("meta");
        const device = (await asked(meta.get("device"))) ||
          { name: "device", id: uuid(), seq: 0 };
        device.seq += 1;
        meta.put(device);
        const tap = {
          ...said,
          local_id: uuid(),
          device: device.id,
          device_seq: device.seq,
          tapped_at: new Date().toISOString(),
          state: "waiting",
        };
        transaction.objectStore("taps").put(tap);
        await done;
        return tap;
      },

      async ofRoute(route) {
        return asked(read("taps").index("route").getAll(route));
      },

      async waiting() {
        const taps = await asked(read("taps").getAll());
        return taps.filter((tap) => tap.state === "waiting")
          .sort((a, b) => a.device_seq - b.device_seq);
      },

      /* Write what became of taps; one that was forgotten meanwhile stays forgotten. */
      async change(changes) {
        const transaction = write("taps");
        const done = ended(transaction);
        const taps = transaction.objectStore("taps");
        for (const change of changes) {
          const tap = await asked(taps.get(change.local_id));
          if (tap) taps.put({ ...tap, ...change });
        }
        await done;
      },

      async forget(localId) {
        const transaction = write("taps");
        transaction.objectStore("taps").delete(localId);
        await ended(transaction);
      },

      /* Taps that were sent are let go after two weeks; waiting ones never are. */
      async tidy() {
        const before = Date.now() - TAP_DAYS * DAY_MS;
        const old = (await asked(read("taps").getAll())).filter((tap) =>
          tap.state !== "waiting" && Date.parse(tap.tapped_at) < before);
        for (const tap of old) await this.forget(tap.local_id);
      },

      async recall(name) {
        const row = await asked(read("meta").get(name));
        return row ? row.value : undefined;
      },

      async remember(name, value) {
        const transaction = write("meta");
        transaction.objectStore("meta").put({ name, value });
        await ended(transaction);
      },

      async pages() {
        return asked(read("pages").getAll());
      },

      async keepPage(page) {
        const transaction = write("pages");
        transaction.objectStore("pages").put(page);
        await ended(transaction);
      },

      async dropPage(url) {
        const transaction = write("pages");
        transaction.objectStore("pages").delete(url);
        await ended(transaction);
      },
    };
  };

  window.charroiDrive.openStore = open;
})();
