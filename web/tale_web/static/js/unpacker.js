/**
 * Unpacks what the server has packed, and keeps everything in the order in which it came: unpacking takes a moment, and
 * what comes meanwhile waits.
 *
 * @typedef {import("./protocol.js").ServerMessage} ServerMessage
 */

import { parseMessage } from "./protocol.js";

/** What this page tells the server that it can take. */
export const CAPABILITIES = "DecompressionStream" in globalThis ? "runs,z" : "runs";

export class Unpacker {
  #closed = false;
  #waiting = 0;
  /** @type {Promise<void>} */
  #last = Promise.resolve();

  /**
   * @param {ServerMessage} message
   * @param {(message: ServerMessage) => void} take
   * @param {() => void} fail called when it cannot be unpacked
   */
  unpack(message, take, fail) {
    if (message.type !== "z") {
      this.afterwards(() => take(message));
      return;
    }
    const unpacked = inflated(message.d).then(parseMessage, () => null);
    this.#queue(async () => {
      const inner = await unpacked;
      if (!this.#closed) {
        (inner ? () => take(inner) : fail)();
      }
    });
  }

  /** Do something when all that came before has been taken: at once, if it has. @param {() => void} act */
  afterwards(act) {
    if (this.#waiting === 0) {
      act();
      return;
    }
    this.#queue(async () => {
      if (!this.#closed) {
        act();
      }
    });
  }

  /** Take nothing of what still waits. */
  close() {
    this.#closed = true;
  }

  /** @param {() => Promise<void>} act */
  #queue(act) {
    this.#waiting += 1;
    this.#last = this.#last
      .then(act)
      .catch(reportError)
      .finally(() => {
        this.#waiting -= 1;
      });
  }
}

/**
 * @param {string} packed raw deflate in base64
 * @returns {Promise<string>}
 */
async function inflated(packed) {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
