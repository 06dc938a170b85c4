/* Dragging stops between trucks: says the same as the buttons, which do without it. */
"use strict";

(() => {
  if (typeof Sortable === "undefined") return;

  const send = (event) => {
    const { from, to, item, oldIndex, newIndex } = event;
    if (from === to && oldIndex === newIndex) return;
    const form = document.getElementById("board-form");
    const words = ["stop", from.dataset.truck, item.dataset.index, to.dataset.truck, newIndex];
    htmx.ajax("POST", form.action, {
      source: form,
      target: "#board",
      swap: "outerHTML",
      values: { do: words.join(":"), version: form.elements.version.value },
    });
  };

  const prepare = () => {
    document.querySelectorAll(".board__stops").forEach((list) => {
      if (Sortable.get(list)) return;
      Sortable.create(list, { group: "stops", handle: ".board__handle", animation: 120, onEnd: send });
    });
  };

  prepare();
  document.addEventListener("htmx:afterSettle", prepare);
})();
