/** Shows the scene beside the text: the place and the player's state, what is here, who is here, what is carried. */

import { byId, h, redraw } from "./dom.js";
import { verbOf } from "./scene.js";

/** @typedef {import("./protocol.js").Entry} Entry */
/** @typedef {import("./protocol.js").Scene} Scene */

/** @type {readonly ["things" | "people" | "inventory", string][]} */
const LISTS = [
  ["people", ""],
  ["things", ""],
  ["inventory", "You carry nothing."],
];

export class Panels {
  #run;
  /** @type {Scene | null} */
  #scene = null;
  /** The list and entry whose further commands are shown. */
  #opened = "";

  /** @param {(line: string) => void} run */
  constructor(run) {
    this.#run = run;
  }

  /** @param {import("./state.js").State} state */
  show(state) {
    byId("turns-text").textContent = String(state.turns);
    if (state.scene === this.#scene || !state.scene) {
      return;
    }
    const moved = this.#scene?.place !== state.scene.place;
    this.#scene = state.scene;
    this.#opened = "";
    this.#drawPlace(state.scene, moved);
    this.#drawLists();
  }

  /**
   * @param {Scene} scene
   * @param {boolean} moved
   */
  #drawPlace(scene, moved) {
    byId("place-name").textContent = scene.location;
    const picture = /** @type {HTMLImageElement} */ (byId("place-image"));
    if (moved) {
      picture.hidden = !scene.image;
      picture.alt = scene.alt ?? "";
      if (scene.image) {
        picture.src = `static/resources/${encodeURIComponent(scene.image)}`;
      }
    }
    const health = scene.vitals ?? null;
    byId("health").hidden = !health;
    if (health) {
      const part = health.max_hp > 0 ? Math.max(0, Math.min(1, health.hp / health.max_hp)) : 0;
      byId("health-text").textContent = `${health.hp} of ${health.max_hp}`;
      byId("health-bar").style.setProperty("--part", String(part));
      byId("health").classList.toggle("is-low", part <= 0.34);
    }
    const points = scene.max_score ?? 0;
    byId("score").hidden = !points && !scene.score;
    byId("score-text").textContent = points ? `${scene.score ?? 0} of ${points}` : String(scene.score ?? 0);
    byId("purse").hidden = !scene.purse;
    byId("purse-text").textContent = scene.purse ?? "";
  }

  #drawLists() {
    for (const [name, nothing] of LISTS) {
      const entries = this.#scene?.[name] ?? [];
      const section = byId(`${name}-panel`);
      section.hidden = !entries.length && !nothing;
      const rows = entries.map((entry) => this.#row(name, entry));
      const none = nothing ? [h("li", { class: "nothing", text: nothing })] : [];
      redraw(byId(`${name}-list`), rows.length ? rows : none, byId(`${name}-heading`));
    }
  }

  /**
   * @param {string} list
   * @param {Entry} entry
   */
  #row(list, entry) {
    const key = `${list}:${entry.id}`;
    const [first, ...others] = entry.commands ?? [];
    const state = entry.state ? h("span", { class: "entry-state", text: entry.state }) : null;
    if (!first) {
      return h("li", { class: "entry" }, h("span", { class: "entry-name", text: entry.name }), state);
    }
    const name = [entry.name, entry.state].filter(Boolean).join(", ");
    const button = h(
      "button",
      {
        class: "entry-main",
        click: () => this.#run(first),
        attrs: { type: "button", "data-key": key, "aria-label": `${name}: ${first}`, title: first },
      },
      h("span", { class: "entry-name", text: entry.name }),
      state,
      h("span", { class: "entry-verb", text: verbOf(first, entry.name) }),
    );
    const row = h("li", { class: "entry" }, button);
    if (others.length) {
      const open = this.#opened === key;
      row.append(this.#toggle(key, entry, open));
      if (open) {
        row.append(this.#menu(key, entry));
      }
    }
    return row;
  }

  /**
   * @param {string} key
   * @param {Entry} entry
   * @param {boolean} open
   */
  #toggle(key, entry, open) {
    return h(
      "button",
      {
        class: "entry-more",
        click: () => {
          this.#opened = open ? "" : key;
          this.#drawLists();
        },
        attrs: {
          type: "button",
          "data-key": `${key}:more`,
          "aria-expanded": open ? "true" : "false",
          "aria-label": `more to do with ${entry.name}`,
        },
      },
      h("span", { class: "dots", attrs: { "aria-hidden": "true" } }),
    );
  }

  /**
   * @param {string} key
   * @param {Entry} entry
   */
  #menu(key, entry) {
    const commands = entry.commands ?? [];
    return h(
      "ul",
      { class: "entry-menu", attrs: { "aria-label": `what to do with ${entry.name}` } },
      ...commands.map((command) =>
        h(
          "li",
          {},
          h("button", {
            class: "chip",
            text: verbOf(command, entry.name),
            click: () => this.#run(command),
            attrs: { type: "button", "data-key": `${key}:${command}`, "aria-label": command },
          }),
        ),
      ),
    );
  }
}
