/* Small helps that pages can do without. Read before the page, so that a long menu is
   folded before it shows; everything else listens on the document. */
"use strict";
document.documentElement.classList.add("js");

/* A button marked data-opens shows or hides the part of that id. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-opens]");
  if (!button) return;
  const isOpen = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!isOpen));
  document.getElementById(button.dataset.opens).classList.toggle("is-open", !isOpen);
});

/* A form marked data-once is sent once, even when its button is pressed twice.
   The button is not disabled at once: its own name and value must still travel. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  window.addEventListener("pageshow", () => { delete form.dataset.sent; }, { once: true });
});

/* Who signs out leaves no page behind that this browser keeps to show without network. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[action$='/logout/']") || !("caches" in window)) return;
  event.preventDefault();
  try {
    await caches.delete("charroi-drive");
  } finally {
    form.submit();
  }
});

/* A button marked data-print prints the page. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* A button marked data-copies copies the field of that id, where a browser can. */
document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copies]").forEach((button) => { button.hidden = false; });
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
  button.textContent = button.dataset.done;
});

/* A select marked data-goes sends its form as soon as it changes. */
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-goes]");
  if (field) field.form.requestSubmit();
});

/* A slider marked data-shows writes where it stands into the output of that id. */
document.addEventListener("input", (event) => {
  const slider = event.target.closest("[data-shows]");
  if (slider) document.getElementById(slider.dataset.shows).value = slider.value + "\u00a0%";
});

/* What is folded on the screen is unfolded on paper. */
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((part) => { part.open = true; });
});
