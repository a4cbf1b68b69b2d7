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
   * Note that a WebSocket brought no greeting; that counts against it only if the server answers otherwise.
   *
   * @param {boolean} alive
   */
  silent(alive) {
    this.#silent = alive ? this.#silent + 1 : 0;
  }

  /**
   * Note that a WebSocket ended which was greeted and delivered nothing.
   *
   * @param {number} livedMs
   */
  fruitless(livedMs) {
    this.#stillborn = livedMs > SHORT_LIFE_MS ? 0 : this.#stillborn + 1;
  }

  /** Whether it is time to fall back. */
  get isUseless() {
    const choice = this.#offered.includes("eventsource") && this.pick() === "websocket";
    return choice && (this.#silent >= 2 || this.#stillborn >= 3);
  }

  /** Use server-sent events for the next ten minutes. */
  fallBack() {
    this.#storage.set(MEMORY, String(Date.now() + MEMORY_MS));
    this.delivered();
  }
}
