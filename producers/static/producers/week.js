/* The weekly grid: each row saves itself, one request at a time. Without this file
   the page is one plain form. A change keeps its number until the server has answered:
   sent twice, it has its effect once. */
"use strict";

(() => {
  const form = document.querySelector("form[data-week]");
  if (!form) return;
  const RETRY_MS = 3000;
  const waiting = new Map();
  let number = 0;
  let isSending = false;

  const say = (row, kind, words) => {
    const place = row.querySelector("[data-state]");
    const text = document.createElement("span");
    text.className = kind;
    text.textContent = { saved: "✓ ", refused: "✗ ", unsaved: "… " }[kind] + words;
    place.replaceChildren(text);
  };

  const mark = (row, fields) => {
    row.querySelectorAll("input").forEach((input) => {
      input.removeAttribute("aria-invalid");
      if (fields.includes(input.dataset.column)) input.setAttribute("aria-invalid", "true");
    });
    row.querySelectorAll("[data-refusal]").forEach((old) => old.remove());
  };

  const show = (row, answer) => {
    mark(row, answer.fields || []);
    if (answer.state === "refused") {
      say(row, "refused", answer.message);
      return;
    }
    say(row, "saved", answer.message);
    row.querySelector("[data-warning]").textContent = answer.warning;
    row.querySelector("[data-total]").textContent = answer.total;
    form.querySelector("[data-expected]").textContent = answer.expected;
  };

  const bodyOf = (row, change) => {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.set("hub", form.elements.hub.value);
    body.set("offer", row.dataset.row);
    body.set("page", form.dataset.page);
    body.set("change", change);
    row.querySelectorAll("input").forEach((input) => body.set(input.name, input.value));
    return body;
  };

  const send = async () => {
    if (isSending || waiting.size === 0) return;
    isSending = true;
    const [row, change] = waiting.entries().next().value;
    say(row, "unsaved", form.dataset.saysSaving);
    try {
      const answer = await fetch(form.dataset.cell, { method: "POST", body: bodyOf(row, change) });
      const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
      const said = isOurs ? await answer.json() : null;
      // Typed again meanwhile: the newer change keeps its place in the line.
      const isLatest = waiting.get(row) === change;
      if (isLatest) waiting.delete(row);
      if (said && isLatest) show(row, said);
      if (!said) say(row, "refused", form.dataset.saysBroken);
      isSending = false;
      send();
    } catch {
      say(row, "unsaved", form.dataset.saysWaiting);
      isSending = false;
      setTimeout(send, RETRY_MS);
    }
  };

  const note = (row) => {
    number += 1;
    waiting.delete(row);
    waiting.set(row, number);
    send();
  };

  const inColumn = (input) => [...form.querySelectorAll(`[data-column="${input.dataset.column}"]`)];

  const step = (input, by) => {
    const column = inColumn(input);
    const next = column[column.indexOf(input) + by];
    if (next) { next.focus(); next.select(); } else { input.blur(); }
  };

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) note(row);
  });

  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) say(row, "unsaved", form.dataset.saysTyped);
  });

  form.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-column]")) return;
    const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(event.target, by);
  });

  /* Cells copied from a spreadsheet fill to the right and down from here. */
  form.addEventListener("paste", (event) => {
    const start = event.target.closest("[data-column]");
    const text = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "");
    if (!start || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const rows = [...form.querySelectorAll("[data-row]")];
    const from = rows.indexOf(start.closest("[data-row]"));
    const columns = ["quantity", "price", "lot"];
    const first = columns.indexOf(start.dataset.column);
    text.split("\n").slice(0, rows.length - from).forEach((line, down) => {
      line.split("\t").slice(0, columns.length - first).forEach((cell, right) => {
        const input = rows[from + down].querySelector(`[data-column="${columns[first + right]}"]`);
        if (input) input.value = cell.trim();
      });
      note(rows[from + down]);
    });
  });

  window.addEventListener("online", send);
  form.addEventListener("submit", () => waiting.clear());
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size > 0) event.preventDefault();
  });
})();
