/* The ground of every map: our own streets drawn lightly, no tiles, no other host.
   What a map shows is said on its page too; it can be left out. */
"use strict";

/* Fill a box: its data-streets names the drawing, data-zoom-in and data-zoom-out the
   buttons. Whoever asks for a map must make it look somewhere before they draw on it. */
globalThis.groundMap = (box) => {
  const map = L.map(box, { zoomControl: false, attributionControl: false, zoomSnap: 0.5 });
  L.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.createPane("streets").style.zIndex = 300;
  fetch(box.dataset.streets)
    .then((answer) => answer.json())
    .then((streets) => L.geoJSON(streets, {
      pane: "streets",
      interactive: false,
      style: (feature) => ({ className: `street street--${feature.properties.class}` }),
    }).addTo(map))
    .catch(() => { /* Without streets what is drawn on them still stands. */ });
  return map;
};
