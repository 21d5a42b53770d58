"use strict";
/* Walking the map by arrows, the caption of where one is, and one topic shown alone. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const CELL = "a.cell";
  const NAME = "a.map-name";
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  /** Pixels: what lies nearer to a line than this lies on it. */
  const NEAR = 12;

  /**
   * @typedef {{x: number, y: number}} Point
   */

  /**
   * The place that an arrow leads to, as an index into `points`; -1 for none. Left and right walk
   * the row and go on with the next one, as in a text, so that every paper can be reached; up and
   * down lead to the nearest, where a step aside counts double.
   * @param {Point[]} points
   * @param {Point} from
   * @param {string} arrow
   */
  function nextPlace(points, from, arrow) {
    const [right, down] = ARROWS[arrow];
    return right ? alongRow(points, from, right) : acrossRows(points, from, down);
  }

  function alongRow(points, from, step) {
    const ahead = (point) => {
      const isSameRow = Math.abs(point.y - from.y) < NEAR;
      return step * (isSameRow ? point.x - from.x : point.y - from.y) > 0;
    };
    const order = (point) => [Math.round((step * (point.y - from.y)) / NEAR), step * point.x];
    return best(points, ahead, order);
  }

  function acrossRows(points, from, step) {
    const ahead = (point) => step * (point.y - from.y) >= NEAR;
    const order = (point) => {
      const [aside, along] = [Math.abs(point.x - from.x), step * (point.y - from.y)];
      return [aside > along ? 1 : 0, along + 2 * aside, point.x];
    };
    return best(points, ahead, order);
  }

  /** The index of the point that comes first in an order, of those that qualify. */
  function best(points, qualifies, order) {
    let found = -1;
    points.forEach((point, index) => {
      if (!qualifies(point)) return;
      if (found < 0 || isBefore(order(point), order(points[found]))) found = index;
    });
    return found;
  }

  function isBefore(one, other) {
    const place = one.findIndex((value, index) => value !== other[index]);
    return place >= 0 && one[place] < other[place];
  }

  /** The middle of a cell or a name, in the drawing's own units. @returns {Point} */
  function middle(link) {
    const field = link.querySelector("rect");
    const [x, y, width, height] = ["x", "y", "width", "height"].map((n) => +field.getAttribute(n));
    return { x: x + width / 2, y: y + height / 2 };
  }

  function walk(drawing, link, arrow) {
    const from = middle(link);
    const all = [...drawing.querySelectorAll(CELL)].filter((cell) => cell !== link);
    const own = all.filter((cell) => cell.dataset.topic === link.dataset.topic);
    const cells = link.matches(NAME) && own.length ? own : all;
    let index = nextPlace(cells.map(middle), from, arrow);
    if (index < 0 && link.matches(NAME)) index = nearest(cells.map(middle), from);
    cells[index]?.focus();
  }

  const nearest = (points, from) =>
    best(points, () => true, (point) => [Math.hypot(point.x - from.x, point.y - from.y), point.x]);

  function nameOf(drawing, topic) {
    const names = [...drawing.querySelectorAll(NAME)];
    return names.find((name) => name.dataset.topic === topic);
  }

  function onKey(event) {
    const link = event.target.closest(`${CELL}, ${NAME}`);
    if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const drawing = link.ownerSVGElement;
    if (event.key in ARROWS && drawing.querySelector(CELL)) {
      event.preventDefault();
      walk(drawing, link, event.key);
    } else if (event.key === "Escape" && link.matches(CELL)) {
      (nameOf(drawing, link.dataset.topic) ?? drawing.querySelector(NAME))?.focus();
    }
  }

  /** A drawing without names has one paper as its tab stop: the one where the reader was last. */
  function keepTabStop(drawing, cell) {
    if (drawing.querySelector(NAME)) return;
    for (const each of drawing.querySelectorAll(`${CELL}[tabindex="0"]`)) each.tabIndex = -1;
    if (cell) cell.tabIndex = 0;
  }

  /** A topic's whole name, which a narrow map may cut short. */
  function topicLabel(topic) {
    const row = document.querySelector(`[data-topic="${topic}"] .topic-name`);
    const link = document.querySelector(`.topic-link[href$="topics/${topic}.html"] .topic-name`);
    const name = document.querySelector(`${NAME}[data-topic="${topic}"] text`);
    return (row ?? link ?? name)?.textContent ?? "";
  }

  function describe(map, link) {
    const caption = map.querySelector("[data-map-caption]");
    if (!caption) return;
    const { element } = conspectus;
    const topic = link ? topicLabel(link.dataset.topic) : "";
    const parts = link?.matches(CELL) ? [link.getAttribute("aria-label"), topic] : [topic];
    const said = parts.filter(Boolean).map((part) => element("bdi", { class: "of-papers" }, part));
    caption.replaceChildren(...said.flatMap((part, index) => (index ? [" · ", part] : [part])));
  }

  /** Show the other topics paler; without a topic, all alike. */
  function showAlone(topics) {
    for (const drawing of document.querySelectorAll("[data-map] .map")) {
      const links = [...drawing.querySelectorAll(`${CELL}, ${NAME}`)];
      const own = links.filter((link) => topics.has(link.dataset.topic));
      drawing.classList.toggle("is-about-one", own.length > 0);
      for (const link of links) link.classList.toggle("is-of-topic", own.includes(link));
    }
  }

  /** A row of the contents, or a name on the map: its topic and the sub-topics within. */
  function topicsOf(place) {
    const within = [...place.querySelectorAll("[data-topic]")].map((each) => each.dataset.topic);
    return new Set([place.dataset.topic, ...within]);
  }

  const placeOf = (target) => target.closest?.(`.contents-row[data-topic], ${NAME}`);

  function onPoint(event) {
    const place = placeOf(event.target);
    showAlone(place ? topicsOf(place) : new Set());
    const link = event.target.closest?.(`[data-map] :is(${CELL}, ${NAME})`);
    const map = event.target.closest?.("[data-map]");
    if (map) describe(map, link ?? focused(map));
  }

  const focused = (map) => map.querySelector(`:is(${CELL}, ${NAME}):focus`);

  function onFocus(event) {
    const place = placeOf(event.target);
    showAlone(place ? topicsOf(place) : new Set());
    const map = event.target.closest("[data-map]");
    if (!map) return;
    describe(map, event.target);
    if (event.target.matches(CELL)) keepTabStop(event.target.ownerSVGElement, event.target);
  }

  function onLeave(map) {
    describe(map, focused(map));
    if (!focused(map)) showAlone(new Set());
  }

  function showKept() {
    const kept = new Set(conspectus.store.shelf().kept.map((each) => each.key));
    for (const cell of document.querySelectorAll(`[data-map] ${CELL}`)) {
      cell.classList.toggle("is-kept", kept.has(cell.dataset.key));
    }
  }

  function begin() {
    const maps = [...document.querySelectorAll("[data-map]")];
    if (!maps.length) return;
    document.addEventListener("pointerover", onPoint);
    document.addEventListener("focusin", onFocus);
    for (const map of maps) {
      map.addEventListener("keydown", onKey);
      map.addEventListener("pointerleave", () => onLeave(map));
      map.addEventListener("focusout", () => describe(map, null));
      for (const drawing of map.querySelectorAll(".map")) {
        const own = drawing.querySelector(`${CELL}:not(.is-muted)`);
        keepTabStop(drawing, own ?? drawing.querySelector(CELL));
      }
    }
    conspectus.store.listen(showKept);
    showKept();
  }

  begin();
  conspectus.map = { nextPlace };
})();
