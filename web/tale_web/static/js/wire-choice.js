/**
 * Which wire to open next: WebSocket, until it proves useless here; then server-sent events, for ten minutes.
 *
 * Useless means that it twice brought no greeting although the server answers otherwise, or that it thrice in a row
 * died within five seconds without having delivered anything. Having been open is no evidence; having delivered is.
 */

/** @typedef {import("./wires/wire.js").WireKind} WireKind */

const MEMORY = "tale.fallback-until";
const MEMORY_MS = 10 * 60 * 1000;
const SHORT_LIFE_MS = 5000;

export class WireChoice {
  #silent = 0;
  #stillborn = 0;
  #storage;
  #offered;

  /**
   * @param {readonly string[]} offered the wires that the server has
   * @param {import("./storage.js").Shelf} storage shared by all tabs
   */
  constructor(offered, storage) {
    this.#offered = offered;
    this.#storage = storage;
  }

  /** Return the wire to open now. @returns {WireKind} */
  pick() {
    if (!this.#offered.includes("websocket")) {
      return "eventsource";
    }
    if (!this.#offered.includes("eventsource")) {
      return "websocket";
    }
    return Number(this.#storage.get(MEMORY)) > Date.now() ? "eventsource" : "websocket";
  }

  /** Note that the wire delivered a message: it works. */
  delivered() {
    this.#silent = 0;
    this.#stillborn = 0;
  }

  /**
   * Note how a WebSocket ended that delivered nothing.
   *
   * @param {boolean} greeted whether the server said `connected` on it
   * @param {number} livedMs
   */
  diedWithoutDelivery(greeted, livedMs) {
    this.#silent = greeted ? 0 : this.#silent + 1;
    this.#stillborn = greeted && livedMs > SHORT_LIFE_MS ? 0 : this.#stillborn + 1;
  }

  /** Whether to ask if the server answers at all, and to fall back if it does. */
  get isSuspect() {
    return this.pick() === "websocket" && this.#offered.includes("eventsource") && this.#silent >= 2;
  }

  /** Whether to fall back at once. */
  get isHopeless() {
    return this.pick() === "websocket" && this.#offered.includes("eventsource") && this.#stillborn >= 3;
  }

  /** Use server-sent events for the next ten minutes. */
  fallBack() {
    this.#storage.set(MEMORY, String(Date.now() + MEMORY_MS));
    this.delivered();
  }
}
