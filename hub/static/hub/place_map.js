/* The pin of a place: tapped, dragged or moved by the arrows, it fills the two fields;
   typed fields move the pin. Without this the fields say all there is to say. */
"use strict";

(() => {
  const part = document.getElementById("place-map-part");
  if (!part || typeof L === "undefined") return;
  part.hidden = false;
  const box = document.getElementById("place-map");
  const ground = JSON.parse(document.getElementById("place-map-data").textContent);
  const fields = [box.dataset.latitude, box.dataset.longitude].map((id) => document.getElementById(id));
  const said = part.querySelector("[data-said]");
  const COMMA = document.documentElement.lang.startsWith("fr") ? "," : ".";
  const NEAR = 14;
  const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  /* Where nothing is known yet: the south of Quebec. */
  const SOUTH = [[45.0, -76.5], [47.3, -70.2]];

  const typed = () => {
    const at = fields.map((field) => Number(field.value.trim().replace(",", ".").replace("−", "-") || "x"));
    const isPoint = Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180;
    return isPoint ? L.latLng(at) : null;
  };

  const map = groundMap(box);
  const names = () => {
    box.classList.toggle("map--near", map.getZoom() >= 11);
    box.classList.toggle("map--middle", map.getZoom() >= 8);
  };
  map.on("zoomend", names);
  const places = ground.places.map((place) => place.at);
  const begin = typed();
  if (begin) map.setView(begin, NEAR);
  else map.fitBounds(places.length ? places : SOUTH, { padding: [28, 28], maxZoom: NEAR });
  names();

  const sign = (at, name, kind) => {
    const label = document.createElement("span");
    label.textContent = name;
    const icon = L.divIcon({ className: `sign sign--${kind}`, html: label, iconSize: null });
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
  };
  L.polygon(ground.outline, { className: "outline", interactive: false }).addTo(map);
  for (const town of ground.towns) {
    sign([town.latitude, town.longitude], town.name, town.is_large ? "town" : "small-town");
  }
  for (const place of ground.places) sign(place.at, place.name, "place");

  const pin = L.marker(map.getCenter(), {
    icon: L.divIcon({ className: "pin pin--place", html: document.createElement("span"), iconSize: null }),
    draggable: true,
    autoPan: true,
    zIndexOffset: 1_000,
  });

  const fill = () => {
    const at = pin.getLatLng().wrap();
    [at.lat, at.lng].forEach((degrees, number) => {
      fields[number].value = degrees.toFixed(5).replace(".", COMMA);
    });
    said.textContent = `${said.dataset.placed} ${fields.map((field) => field.value).join(COMMA === "," ? "; " : ", ")}`;
  };

  const hold = (at) => {
    pin.setLatLng(at);
    if (map.hasLayer(pin)) return;
    pin.addTo(map);
    const element = pin.getElement();
    element.setAttribute("aria-label", box.dataset.words);
    element.title = box.dataset.words;
    element.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      const far = event.shiftKey ? 40 : 4;
      const point = map.latLngToContainerPoint(pin.getLatLng()).add([step[0] * far, step[1] * far]);
      pin.setLatLng(map.containerPointToLatLng(point));
      map.panInside(pin.getLatLng(), { padding: [40, 40] });
      fill();
    });
  };

  const put = (at) => {
    hold(at);
    fill();
  };

  if (begin) hold(begin);
  pin.on("drag", fill);
  map.on("click", (event) => put(event.latlng));
  for (const field of fields) {
    field.addEventListener("change", () => {
      const at = typed();
      if (!at) return;
      hold(at);
      if (!map.getBounds().contains(at)) map.setView(at, NEAR);
    });
  }

  const buttons = {
    middle: () => {
      put(map.getCenter());
      pin.getElement().focus();
    },
    here: () => {
      said.textContent = said.dataset.searching;
      const failed = () => { said.textContent = said.dataset.unknown; };
      if (!navigator.geolocation) return failed();
      const found = ({ coords }) => {
        const at = L.latLng(coords.latitude, coords.longitude);
        map.setView(at, Math.max(map.getZoom(), NEAR + 2));
        put(at);
      };
      return navigator.geolocation.getCurrentPosition(found, failed, { enableHighAccuracy: true, timeout: 20_000 });
    },
  };
  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pin]");
    if (button?.type === "button") buttons[button.dataset.pin]();
  });
})();
