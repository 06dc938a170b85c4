/* The map beside a plan: our own streets, one line per route, the marks of the list.
   Everything it shows is in the list too; it can be left out. */
"use strict";

(() => {
  const box = document.getElementById("plan-map");
  const data = document.getElementById("plan-map-data");
  if (!box || !data || typeof L === "undefined") return;
  const routes = JSON.parse(data.textContent);

  const map = L.map(box, { zoomControl: false, attributionControl: false, zoomSnap: 0.5 });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.createPane("streets").style.zIndex = 300;

  const pin = (at, mark, style, words) => {
    const sign = document.createElement("span");
    sign.className = `mark mark--${style}`;
    sign.textContent = mark;
    const icon = L.divIcon({ className: "pin", html: sign, iconSize: null });
    const marker = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map);
    const element = marker.getElement();
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", words);
    element.title = words;
  };

  /* A map must look somewhere before anything can be put on it. */
  const bounds = L.latLngBounds(routes.flatMap((route) => [
    route.home.at, ...route.stops.map((stop) => stop.at), ...route.legs.flatMap((leg) => leg.points),
  ]));
  if (!bounds.isValid()) return;
  map.fitBounds(bounds, { padding: [28, 28], maxZoom: 15 });

  const homes = new Map();
  const stops = new Map();
  for (const route of routes) {
    for (const leg of route.legs) {
      L.polyline(leg.points, {
        className: `route-line route-line--${route.style}`, interactive: false,
      }).addTo(map);
    }
    homes.set(route.home.at.join(), route.home);
    for (const stop of route.stops) {
      /* Several stops at one place share one pin, so that none hides another. */
      const key = stop.at.join();
      const known = stops.get(key) || { at: stop.at, name: stop.name, marks: [], style: route.style };
      known.marks.push(stop.mark);
      stops.set(key, known);
    }
  }
  for (const home of homes.values()) pin(home.at, "⌂", "home", `${box.dataset.home}: ${home.name}`);
  for (const stop of stops.values()) {
    const marks = stop.marks.join(" ");
    pin(stop.at, marks, stop.style, `${marks}: ${stop.name}`);
  }
  fetch(box.dataset.streets)
    .then((answer) => answer.json())
    .then((streets) => L.geoJSON(streets, {
      pane: "streets",
      interactive: false,
      style: (feature) => ({ className: `street street--${feature.properties.class}` }),
    }).addTo(map))
    .catch(() => { /* Without streets the routes and marks still stand. */ });
})();
