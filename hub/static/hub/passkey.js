/* Passkeys: a form marked data-passkey asks the browser for one before it is sent.
   "sign-in" and "show" use a passkey, "add" makes one. Without passkeys, these forms stay
   hidden and the other ways remain. */
"use strict";
(() => {
  const toBytes = (text) =>
    Uint8Array.from(
      atob(text.replace(/-/g, "+").replace(/_/g, "/")),
      (sign) => sign.charCodeAt(0),
    );
  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  /* What the server sends has its bytes written as text. */
  function read(options) {
    const named = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));
    const known = { ...options, challenge: toBytes(options.challenge) };
    if (options.user) known.user = { ...options.user, id: toBytes(options.user.id) };
    if (options.excludeCredentials) {
      known.excludeCredentials = named(options.excludeCredentials);
    }
    if (options.allowCredentials) known.allowCredentials = named(options.allowCredentials);
    return known;
  }

  /* What the server reads has them as text again. */
  function write(made) {
    const parts = [
      "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle",
    ];
    const response = {};
    for (const part of parts) {
      if (made.response[part]) response[part] = toText(made.response[part]);
    }
    return {
      id: made.id,
      rawId: toText(made.rawId),
      type: made.type,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
      response,
    };
  }

  async function optionsFor(form) {
    if (form.dataset.passkey === "sign-in") {
      const asked = await fetch(form.action, { headers: { Accept: "application/json" } });
      return (await asked.json()).request_options;
    }
    const given = JSON.parse(document.getElementById("passkey-data").textContent);
    return given.creation_options || given.request_options;
  }

  async function ask(form) {
    const { publicKey } = await optionsFor(form);
    const known = { publicKey: read(publicKey) };
    const made = form.dataset.passkey === "add"
      ? await navigator.credentials.create(known)
      : await navigator.credentials.get(known);
    form.elements.credential.value = JSON.stringify(write(made));
    form.submit();
  }

  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  document.querySelectorAll("[data-no-passkey]").forEach((part) => part.remove());
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const trouble = form.querySelector("[data-trouble]");
      trouble.hidden = true;
      ask(form).catch(() => { trouble.hidden = false; });
    });
  }
})();
