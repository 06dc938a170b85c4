/* Sending what waits, oldest first, as often as it takes: the server keeps each tap
   once, so that a lost answer costs nothing. */
"use strict";

(() => {
  const AT_A_TIME = 50;
  const FIELDS = ["local_id", "device", "device_seq", "stop", "kind", "tapped_at",
    "quantities", "temperatures", "reason", "withdraws", "receiver", "note"];

  const wire = (tap) =>
    Object.fromEntries(FIELDS.filter((name) => name in tap).map((name) => [name, tap[name]]));

  /* Outcomes: sent, offline, busy, sign_in, other_person, gone. */
  const outcomeOf = (answer) => {
    if (answer.type === "opaqueredirect") return "sign_in";
    if (answer.status === 422) return "other_person";
    if (answer.status === 404) return "gone";
    return answer.ok ? "sent" : "busy";
  };

  window.charroiDrive.makeSender = (store, phone) => {
    let token = document.querySelector("input[name=csrfmiddlewaretoken]").value;

    const post = (url, taps) => fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({
        person: phone.person, version: phone.version, sent_at: new Date().toISOString(),
        taps: taps.map(wire),
      }),
    });

    /* A page kept since before the last sign-in has a token of its time. */
    const renewToken = async () => {
      const answer = await fetch(phone.pass_url, { redirect: "manual" });
      if (!answer.ok) return outcomeOf(answer);
      token = (await answer.json()).token;
      return "sent";
    };

    const sendSome = async (url, taps) => {
      let answer = await post(url, taps);
      if (answer.status === 403) {
        const renewed = await renewToken();
        if (renewed !== "sent") return { outcome: renewed };
        answer = await post(url, taps);
      }
      const outcome = outcomeOf(answer);
      return outcome === "sent" ? { outcome, said: await answer.json() } : { outcome };
    };

    const keepAnswers = async (said) => {
      const states = { applied: "sent", late: "late", refused: "refused" };
      await store.change(said.answers.map((answer) => ({
        local_id: answer.local_id,
        state: states[answer.status],
        sentence: answer.sentence || "",
        field: answer.field || "",
      })));
      await store.remember("offset_ms", Date.parse(said.now) - Date.now());
    };

    /* The route shown here is asked about even without taps: it may have changed. */
    const sendAll = async () => {
      const mine = (await store.waiting()).filter((tap) => tap.person === phone.person);
      const result = { outcome: "sent", num_sent: 0, counted: null, has_changed: false };
      for (const url of new Set([...mine.map((tap) => tap.taps_url), phone.taps_url])) {
        const taps = mine.filter((tap) => tap.taps_url === url);
        for (let start = 0; start < Math.max(1, taps.length); start += AT_A_TIME) {
          const some = taps.slice(start, start + AT_A_TIME);
          const { outcome, said } = await sendSome(url, some);
          if (outcome !== "sent") {
            result.outcome = outcome;
            break;
          }
          await keepAnswers(said);
          result.num_sent += some.length;
          if (url === phone.taps_url) {
            result.counted = said.taps;
            result.has_changed = said.has_changed === true;
          }
        }
      }
      return result;
    };

    /* One tab sends at a time where the browser can say so; two would do no harm. */
    return async () => {
      try {
        if (!navigator.locks) return await sendAll();
        return await navigator.locks.request("charroi-drive-send", sendAll);
      } catch (error) {
        if (error instanceof TypeError) return { outcome: "offline", num_sent: 0, counted: null };
        throw error;
      }
    };
  };
})();
