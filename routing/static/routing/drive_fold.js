/* A route folded from its taps on the phone, as routing/core/day.py does on the server:
   a phone's counter before its clock, the hour between two phones, the last tap of each
   kind, and nothing of what was taken back. */
"use strict";
window.charroiDrive = {};

(() => {
  const compare = (a, b) => {
    if (a.placed !== b.placed) return a.placed - b.placed;
    if (a.device !== b.device) return a.device < b.device ? -1 : 1;
    if (a.device_seq !== b.device_seq) return a.device_seq - b.device_seq;
    return a.local_id < b.local_id ? -1 : 1;
  };

  const inOrder = (taps) => {
    const latest = new Map();
    const byCounter = [...taps].sort((a, b) => a.device_seq - b.device_seq);
    const placed = byCounter.map((tap) => {
      const at = Math.max(tap.at, latest.get(tap.device) ?? -Infinity);
      latest.set(tap.device, at);
      return { ...tap, placed: at };
    });
    return placed.sort(compare);
  };

  const statusOf = (state) => {
    const isDone = Boolean(state.loaded || state.delivered);
    if (state.departed) return isDone ? "left" : "missed";
    if (isDone) return "done";
    return state.arrived ? "arrived" : "waiting";
  };

  /* Taps of the server and of this phone, each once; what the server says of one wins. */
  window.charroiDrive.fold = (mine, counted) => {
    const known = new Map(mine.map((tap) => [tap.local_id, tap]));
    for (const tap of counted) known.set(tap.local_id, tap);
    const taps = [...known.values()];
    const withdrawn = new Set(
      taps.filter((tap) => tap.kind === "withdrawn")
        .map((tap) => `${tap.stop} ${tap.withdraws}`));
    const states = new Map();
    for (const tap of inOrder(taps)) {
      if (tap.kind === "withdrawn" || withdrawn.has(`${tap.stop} ${tap.local_id}`)) continue;
      const state = states.get(tap.stop) || {};
      state[tap.kind] = tap;
      states.set(tap.stop, state);
    }
    for (const state of states.values()) state.status = statusOf(state);
    return states;
  };
})();
