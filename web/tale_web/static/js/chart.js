/** Draws the map of the level as far as it was walked: rooms where they lie, and where their ways lead. */

import { byId, svg } from "./dom.js";

/** @typedef {import("./protocol.js").MapRoom} MapRoom */

/** How far to each side of the player the map reaches, in rooms. */
const REACH = { x: 4, y: 2 };

/** Units of the drawing between two rooms' middles, and half a room's side. */
const STEP = 20;
const HALF = 6;

/** @type {ReadonlyMap<string, readonly [number, number]>} */
const WAYS = new Map([
  ["north", [0, -1]],
  ["northeast", [1, -1]],
  ["east", [1, 0]],
  ["southeast", [1, 1]],
  ["south", [0, 1]],
  ["southwest", [-1, 1]],
  ["west", [-1, 0]],
  ["northwest", [-1, -1]],
]);

export class Chart {
  #panel = byId("map-panel");
  #box = byId("map");
  /** @type {readonly MapRoom[]} */
  #drawn = [];

  /** @param {import("./state.js").State} state */
  show(state) {
    if (state.map === this.#drawn) {
      return;
    }
    this.#drawn = state.map;
    const here = state.scene?.room;
    this.#panel.hidden = !here || state.map.length < 2;
    if (here) {
      const level = state.map.filter((room) => (room.level ?? 0) === (here.level ?? 0));
      this.#box.replaceChildren(drawing(level, here));
    }
  }
}

/**
 * @param {readonly MapRoom[]} rooms of one level
 * @param {MapRoom} here
 */
function drawing(rooms, here) {
  const near = rooms.filter(({ x, y }) => Math.abs(x - here.x) <= REACH.x && Math.abs(y - here.y) <= REACH.y);
  const width = (2 * REACH.x + 1) * STEP;
  const height = (2 * REACH.y + 1) * STEP;
  const count = rooms.length === 1 ? "one room" : `${rooms.length} rooms`;
  return svg(
    "svg",
    {
      viewBox: `${here.x * STEP - width / 2} ${here.y * STEP - height / 2} ${width} ${height}`,
      role: "img",
      "aria-label": `Map of this level: ${count} seen; you are in ${here.title}.`,
    },
    ...near.flatMap(ways),
    ...near.map((room) => square(room, room.id === here.id)),
  );
}

/** @param {MapRoom} room */
function ways(room) {
  return (room.exits ?? []).flatMap((direction) => {
    const way = WAYS.get(direction);
    if (!way) {
      return [];
    }
    const [x, y] = [room.x * STEP, room.y * STEP];
    const half = STEP / 2;
    return [svg("line", { class: "map-way", x1: x, y1: y, x2: x + way[0] * half, y2: y + way[1] * half })];
  });
}

/**
 * @param {MapRoom} room
 * @param {boolean} isHere
 */
function square(room, isHere) {
  const [x, y] = [room.x * STEP, room.y * STEP];
  const title = svg("title", {});
  title.textContent = room.title;
  const stairs = (room.exits ?? []).some((direction) => direction === "up" || direction === "down");
  return svg(
    "g",
    { class: isHere ? "map-room map-here" : "map-room" },
    title,
    svg("rect", { x: x - HALF, y: y - HALF, width: 2 * HALF, height: 2 * HALF, rx: 1.5 }),
    ...(stairs ? [svg("circle", { class: "map-stairs", cx: x, cy: y, r: 2 })] : []),
  );
}
