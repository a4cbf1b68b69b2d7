/** Says in words how the connection stands, and offers what can be done about it. */

import { byId, h, redraw } from "./dom.js";
import { CODE } from "./protocol.js";

/** @typedef {import("./connection.js").Link} Link */

/** Failed attempts after which the reader is told more than that the page is reconnecting. */
const PATIENCE = 3;

const WIRE_NAMES = { websocket: "(WebSocket)", eventsource: "(EventSource)" };

/**
 * @typedef {Object} Banner
 * @property {string} text
 * @property {[label: string, act: () => void] | null} action
 * @property {boolean} [home] whether to offer the title page
 */

export class Status {
  #status = byId("status");
  #text = byId("status-text");
  #wire = byId("status-wire");
  #banner = byId("banner");
  #actions;
  #drawn = "";
  #everOpen = false;

  /** @param {{connect: () => void, startAnew: () => void}} actions */
  constructor(actions) {
    this.#actions = actions;
  }

  /** @param {import("./state.js").State} state */
  show(state) {
    const { link } = state;
    this.#everOpen ||= link.phase === "open";
    const word = this.#word(link);
    if (this.#text.textContent !== word) {
      this.#text.textContent = word;
    }
    this.#wire.textContent = link.phase === "open" ? WIRE_NAMES[link.wire] : "";
    this.#status.dataset["phase"] = link.phase;
    this.#drawBanner(this.#bannerFor(link));
  }

  /** @param {Link} link */
  #word(link) {
    if (link.phase === "open") {
      return "Connected";
    }
    if (link.phase === "stopped") {
      return link.code === CODE.quit || link.code === CODE.ended
        ? "Ended"
        : link.code === CODE.replaced
          ? "Open in another tab"
          : "Stopped";
    }
    if (!navigator.onLine && link.attempt) {
      return "Offline";
    }
    return this.#everOpen ? "Reconnecting…" : "Connecting…";
  }

  /**
   * @param {Link} link
   * @returns {Banner | null}
   */
  #bannerFor(link) {
    const { connect, startAnew } = this.#actions;
    if (link.phase === "stopped") {
      switch (link.code) {
        case CODE.quit:
        case CODE.ended:
          return { text: "This game has ended.", action: ["Play again", startAnew], home: true };
        case CODE.replaced:
          return { text: link.reason || "The game goes on in another tab.", action: ["Continue here", connect] };
        case CODE.unauthenticated:
          return {
            text: link.reason || "Open the address that Tale printed when it started: it holds the key to this game.",
            action: null,
          };
        case CODE.unknownSession:
          return {
            text: link.reason || "That game is not known here any more.",
            action: ["Open the present game", startAnew],
            home: true,
          };
        default:
          return {
            text: `${link.reason || "The server has ended the connection."} (${link.code})`,
            action: ["Connect again", connect],
            home: true,
          };
      }
    }
    if (link.phase !== "open" && link.attempt >= PATIENCE) {
      const kept = "What you type is kept and sent when it answers.";
      return { text: `The server does not answer. ${kept}`, action: ["Try now", connect] };
    }
    return null;
  }

  /** @param {Banner | null} banner */
  #drawBanner(banner) {
    const text = banner?.text ?? "";
    if (text === this.#drawn) {
      return;
    }
    this.#drawn = text;
    this.#banner.hidden = !banner;
    if (!banner) {
      redraw(this.#banner, [], byId("line"));
      return;
    }
    const [label, act] = banner.action ?? ["", () => undefined];
    const button = label ? h("button", { class: "button", text: label, click: act, attrs: { type: "button" } }) : null;
    const home = banner.home ? h("a", { class: "button quiet", text: "Title page", attrs: { href: "./" } }) : null;
    const typing = document.activeElement === byId("line") || document.activeElement === document.body;
    redraw(
      this.#banner,
      [h("p", { text }), h("div", { class: "buttons" }, button, home)],
      byId("log"),
    );
    if (typing && banner.action && label !== "Try now") {
      button?.focus();
    }
  }
}
