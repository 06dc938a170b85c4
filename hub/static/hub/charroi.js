/* Small helps that pages can do without. Loaded with defer; no inline script. */
"use strict";

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

/* A button marked data-print prints the page. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

/* A select marked data-goes sends its form as soon as it changes. */
document.addEventListener("change", (event) => {
  const field = event.target.closest("[data-goes]");
  if (field) field.form.requestSubmit();
});
