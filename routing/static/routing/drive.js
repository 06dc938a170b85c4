/* The driver's page: every tap is kept on the phone first, shown, then sent. Without
   IndexedDB the forms of the page are sent as they are. */
"use strict";

(async () => {
  const EVERY_MS = 30_000;
  const drive = window.charroiDrive;
  const phone = JSON.parse(document.getElementById("drive-phone").textContent);
  const words = phone.words;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const stops = all("[data-stop]");

  let store;
  try {
    store = await drive.openStore();
  } catch {
    return;
  }
  const send = drive.makeSender(store, phone);
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("charroi-drive") : null;
  let counted = phone.taps;
  let outcome = navigator.onLine ? "sent" : "offline";
  let isKept = false;
  let offsetMs = 0;

  const hours = new Intl.DateTimeFormat(phone.language.startsWith("en") ? "en-CA" : "fr-CA",
    { hour: "numeric", minute: "2-digit", timeZone: "America/Toronto" });

  /* --- What is told: the acts of each stop --- */
  const total = (act, tap) => {
    const said = all("input[name^='units-']", act).map((input) => {
      const units = (tap.quantities || {})[input.name.replace("units-", "")];
      return units === undefined ? Number(input.max) : Number(units);
    });
    return said.reduce((sum, units) => sum + units, 0);
  };

  const showTold = (act, tap) => {
    const kind = act.dataset.kind;
    find("[data-told-what]", act).textContent =
      kind === "problem" ? words.reasons[tap.reason] : words.kinds[kind];
    find("[data-told-at]", act).textContent = hours.format(tap.at).replaceAll(".", "");
    const how = [];
    if (act.dataset.units) {
      how.push(words.units.replace("%(units)s", total(act, tap)).replace("%(all)s", act.dataset.units));
    }
    if (tap.is_waiting) how.push(words.unsent);
    find("[data-told-how]", act).textContent = how.join(" · ");
    find("input[name=withdraws]", act).value = tap.local_id;
  };

  const showAct = (act, tap) => {
    act.classList.toggle("is-told", Boolean(tap));
    find("[data-told]", act).hidden = !tap;
    (find("[data-tap-box]", act) || find("[data-tap]", act)).hidden = Boolean(tap);
    if (tap) showTold(act, tap);
  };

  /* What was short on board is proposed short at the door, until somebody types. */
  const proposeDelivered = (states) => {
    const loaded = {};
    for (const state of states.values()) Object.assign(loaded, (state.loaded || {}).quantities);
    for (const input of all("[data-kind=delivered] input[name^='units-']")) {
      const units = loaded[input.name.replace("units-", "")];
      if (input.dataset.touched || units === undefined) continue;
      input.value = Math.min(Number(units), Number(input.max));
    }
  };

  const showStops = (states) => {
    for (const stop of stops) {
      const state = states.get(stop.dataset.stop) || { status: "waiting" };
      const badge = find("[data-status]", stop);
      badge.textContent = words.status[state.status];
      badge.className = `badge badge--drive-${state.status}`;
      for (const act of all("[data-kind]", stop)) showAct(act, state[act.dataset.kind]);
    }
    proposeDelivered(states);
  };

  /* --- How it stands with the network --- */
  const counting = (number, one, many) => (number === 1 ? words[one] : words[many].replace("%(number)s", number));

  const lineOf = (numWaiting) => {
    if (outcome === "gone") return words.gone;
    if (numWaiting && ["sign_in", "other_person"].includes(outcome)) return words[outcome];
    if (outcome === "offline") {
      return numWaiting ? counting(numWaiting, "no_network_one", "no_network_many") : words.offline;
    }
    if (numWaiting) return counting(numWaiting, "waiting_one", "waiting_many");
    return isKept ? words.kept : words.not_kept;
  };

  const showState = (numWaiting) => {
    const line = lineOf(numWaiting);
    const place = find("[data-line]");
    if (place.textContent !== line) place.textContent = line;
    const box = find(".drive-state");
    const isWaiting = numWaiting > 0 || ["offline", "gone"].includes(outcome);
    box.classList.toggle("is-waiting", isWaiting || line === words.not_kept);
    find("[data-network]").hidden = !numWaiting || outcome === "sign_in";
    find("[data-signin]").hidden = !(numWaiting && outcome === "sign_in");
  };

  const showRefusals = (taps) => {
    const list = find("[data-refusals]");
    const refused = taps.filter((tap) => ["refused", "late"].includes(tap.state));
    list.replaceChildren(...refused.map((tap) => {
      const item = find("template[data-refusal]").content.firstElementChild.cloneNode(true);
      const stop = stops.find((each) => each.dataset.stop === tap.stop);
      const mark = stop ? stop.dataset.mark : tap.stop;
      find("[data-what]", item).textContent = `${mark} · ${words.kinds[tap.kind]}`;
      find("[data-why]", item).textContent = tap.state === "late" ? words.late : tap.sentence;
      find("[data-where]", item).hidden = tap.state === "late";
      find("[data-where]", item).href = `#stop-${tap.stop}`;
      find("[data-forget]", item).dataset.forget = tap.local_id;
      return item;
    }));
  };

  /* The stop that waits, open; the one just left, shut. */
  const openOnly = (name) => {
    for (const stop of stops) find("details", stop).open = stop.dataset.stop === name;
    const shown = stops.find((stop) => stop.dataset.stop === name);
    if (shown) shown.scrollIntoView({ block: "start" });
  };

  const isLeft = (states, stop) => Boolean((states.get(stop.dataset.stop) || {}).departed);

  const openNext = (states) => {
    const next = stops.find((stop) => !isLeft(states, stop));
    openOnly(next ? next.dataset.stop : "");
  };

  /* Another tab may have left the stop that is open here. */
  const follow = async () => {
    const states = await show();
    const here = stops.find((stop) => find("details", stop).open);
    if (here && isLeft(states, here)) openNext(states);
  };

  const show = async () => {
    const taps = await store.ofRoute(phone.key);
    offsetMs = (await store.recall("offset_ms")) || 0;
    const mine = taps.filter((tap) => ["waiting", "sent"].includes(tap.state)).map((tap) => ({
      ...tap, at: Date.parse(tap.tapped_at) + offsetMs, is_waiting: tap.state === "waiting",
    }));
    const states = drive.fold(mine, counted.map((tap) => ({ ...tap, at: Date.parse(tap.at) })));
    showStops(states);
    showRefusals(taps);
    const waiting = await store.waiting();
    showState(waiting.length);
    return states;
  };

  /* --- A route that the coordination changed --- */
  const changedKey = `changed ${phone.key}`;
  const isTyping = () => Boolean(find("[data-touched]")) || document.activeElement.matches("input, textarea");

  const showChanged = (isNew) => {
    find("[data-changed]").hidden = false;
    find("[data-reload]").hidden = isNew;
    find("[data-understood]").hidden = !isNew;
  };

  /* The new page is put on the phone first, so that showing it needs no network. */
  const fetchChanged = async () => {
    showChanged(false);
    await store.remember(changedKey, true);
    const isFetched = await drive.keepAgain(phone).then(() => true, () => false);
    if (isFetched && !isTyping()) location.reload();
  };

  /* --- Sending --- */
  const sendNow = async () => {
    const result = await send();
    outcome = result.outcome === "sent" && !navigator.onLine ? "offline" : result.outcome;
    if (result.counted) counted = result.counted;
    await show();
    if (result.has_changed) await fetchChanged();
    if (result.num_sent) {
      if (channel) channel.postMessage("sent");
      await drive.keepAgain(phone).catch(() => { /* The older page will do. */ });
    }
  };

  /* --- Tapping --- */
  const named = (data, prefix) => Object.fromEntries(
    [...data.entries()].filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]));

  const said = (form, submitter) => {
    const data = new FormData(form);
    const tap = { stop: data.get("stop"), kind: data.get("kind") };
    if (tap.kind === "withdrawn") tap.withdraws = data.get("withdraws");
    if (tap.kind === "problem") tap.reason = submitter.value;
    if (["loaded", "delivered"].includes(tap.kind)) {
      tap.quantities = named(data, "units-");
      tap.temperatures = named(data, "degrees-");
    }
    if (data.get("receiver")) tap.receiver = data.get("receiver");
    if (data.get("note")) tap.note = data.get("note");
    return tap;
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-tap], [data-undo]")) return;
    event.preventDefault();
    const tap = await store.add({
      ...said(form, event.submitter),
      route: phone.key, taps_url: phone.taps_url, person: phone.person,
    });
    const states = await show();
    if (channel) channel.postMessage("tapped");
    if (tap.kind === "departed") openNext(states);
    await sendNow();
  });

  document.addEventListener("input", (event) => { event.target.dataset.touched = "yes"; });

  document.addEventListener("click", async (event) => {
    const forget = event.target.closest("[data-forget]");
    if (forget) {
      await store.forget(forget.dataset.forget);
      await show();
    }
    const where = event.target.closest("[data-where]");
    if (where) find("details", document.getElementById(where.hash.slice(1))).open = true;
    const sign = event.target.closest("[data-sign]");
    if (sign) {
      const input = find("input", sign.parentElement);
      const text = input.value.trim();
      input.value = /^[-−–]/.test(text) ? text.slice(1) : `-${text.replace(/^\+/, "")}`;
      input.focus();
    }
    if (event.target.closest("[data-send]")) await sendNow();
    if (event.target.closest("[data-reload]")) location.reload();
    if (event.target.closest("[data-understood]")) {
      await store.remember(changedKey, false);
      find("[data-changed]").hidden = true;
    }
  });

  /* A keyboard of digits seldom has a minus: the button beside it does. */
  for (const sign of all("[data-sign]")) {
    sign.hidden = false;
    find("input", sign.parentElement).inputMode = "decimal";
  }

  if (channel) {
    channel.addEventListener("message", (event) => {
      if (event.data === "tapped") follow(); else show();
    });
  }
  window.addEventListener("online", sendNow);
  window.addEventListener("offline", () => { outcome = "offline"; show(); });
  window.addEventListener("focus", sendNow);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendNow(); });
  setInterval(sendNow, EVERY_MS);

  const states = await show();
  if (await store.recall(changedKey)) showChanged(true);
  const current = stops.find((stop) => !isLeft(states, stop));
  for (const stop of stops) find("details", stop).open = stop === current;
  await sendNow();
  isKept = await drive.keep(store, phone).catch(() => false);
  if (!isKept && "caches" in window) isKept = Boolean(await caches.match(phone.here));
  await store.tidy();
  await drive.dropOldPages(store, phone);
  if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
  await show();
  document.documentElement.dataset.drive = "ready";
})();
