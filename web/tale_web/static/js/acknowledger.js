/** Tell the server how far the page has shown what it got: soon, but not once for every message. */

/** Milliseconds that an acknowledgement may wait; a POST costs more than a frame. */
const DELAY = { websocket: 100, eventsource: 1000 };

/** Messages after which it waits no longer. */
const MANY = 64;

export class Acknowledger {
  #send;
  #delay = DELAY.websocket;
  #running = false;
  #shown = 0;
  #told = 0;
  /** @type {number | undefined} */
  #timer;

  /** @param {(seq: number) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /** Begin on a new wire. @param {import("./wires/wire.js").WireKind} wire */
  start(wire) {
    this.#running = true;
    this.#delay = DELAY[wire];
    this.#shown = 0;
    this.#told = 0;
  }

  /** Note that all up to this message is on the page. @param {number} seq */
  shown(seq) {
    this.#shown = seq;
    if (!this.#running) {
      return;
    }
    if (seq - this.#told >= MANY && this.#told) {
      this.#tell();
    } else {
      this.#timer ??= window.setTimeout(() => this.#tell(), this.#delay);
    }
  }

  /** Say nothing more on this wire. */
  stop() {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tell() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#told = this.#shown;
    this.#send(this.#shown);
  }
}
