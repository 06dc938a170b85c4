/* The map beside a plan: one line per route, the marks of the list, and what to look at:
   everything, the town, or one truck. Everything it shows is in the list too. */
"use strict";

(() => {
  const box = document.getElementById("plan-map");
  const data = document.getElementById("plan-map-data");
  if (!box || !data || typeof L === "undefined") return;
  const routes = JSON.parse(data.textContent);
  const town = JSON.parse(document.getElementById("plan-map-town").textContent);

  const boundsOf = (some) => L.latLngBounds(some.flatMap((route) => [
    route.home.at, ...route.stops.map((stop) => stop.at), ...route.legs.flatMap((leg) => leg.points),
  ]));
  const everything = boundsOf(routes);
  if (!everything.isValid()) return;
  const map = groundMap(box);
  const show = (bounds) => map.fitBounds(bounds, { padding: [28, 28], maxZoom: 15, animate: false });
  show(everything);

  /* What was drawn, with the letters of the routes it belongs to. */
  const drawn = [];

  const pin = (at, mark, style, words, letters) => {
    const sign = document.createElement("span");
    sign.className = `mark mark--${style}`;
    sign.textContent = mark;
    const icon = L.divIcon({ className: "pin", html: sign, iconSize: null });
    const element = L.marker(at, { icon, interactive: false, keyboard: false }).addTo(map).getElement();
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", words);
    element.title = words;
    drawn.push({ element, letters });
  };

  const homes = new Map();
  const stops = new Map();
  for (const route of routes) {
    for (const leg of route.legs) {
      const line = L.polyline(leg.points, {
        className: `route-line route-line--${route.style}`, interactive: false,
      }).addTo(map);
      drawn.push({ element: line.getElement(), letters: [route.letter] });
    }
    const home = homes.get(route.home.at.join()) || { ...route.home, letters: [] };
    home.letters.push(route.letter);
    homes.set(home.at.join(), home);
    for (const stop of route.stops) {
      /* Several stops at one place share one pin, so that none hides another. */
      const key = stop.at.join();
      const known = stops.get(key) || { at: stop.at, name: stop.name, marks: [], letters: [], style: route.style };
      known.marks.push(stop.mark);
      known.letters.push(route.letter);
      stops.set(key, known);
    }
  }
  for (const home of homes.values()) {
    pin(home.at, "⌂", "home", `${box.dataset.home}: ${home.name}`, home.letters);
  }
  for (const stop of stops.values()) {
    const marks = stop.marks.join(" ");
    pin(stop.at, marks, stop.style, `${marks}: ${stop.name}`, stop.letters);
  }

  /* The buttons of what to look at. Those of the legend are made here: without a map
     its lines are words and nothing to press. */
  const looks = document.getElementById("plan-map-looks");
  const buttons = [...looks.querySelectorAll("[data-look]")];
  if (routes.length > 1) {
    for (const line of document.querySelectorAll(".legend [data-route]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "legend__look";
      button.dataset.look = line.dataset.route;
      button.setAttribute("aria-pressed", "false");
      button.append(...line.childNodes);
      line.append(button);
      buttons.push(button);
    }
  }
  looks.hidden = buttons.length < 2;

  const press = (look) => {
    const route = routes.find((each) => each.letter === look);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.look === look));
    for (const { element, letters } of drawn) {
      element.classList.toggle("is-faint", Boolean(route) && !letters.includes(look));
    }
    if (route) show(boundsOf([route]));
    else show(look === "town" ? town : everything);
  };
  for (const button of buttons) button.addEventListener("click", () => press(button.dataset.look));
})();
