/**
 * What this tab remembers of its game through a reload: the session and its epoch, how far it has been shown, the
 * commands not yet taken by the server, the lines typed before, and the map as far as it was walked.
 *
 * @typedef {{line: string, cid: number | null}} StoredCommand
 *
 * @typedef {Object} Remembered
 * @property {string} session
 * @property {string} epoch
 * @property {number} lastSeq
 * @property {readonly StoredCommand[]} queue
 * @property {readonly string[]} history
 * @property {readonly import("./protocol.js").MapRoom[]} map
 */

import { tabShelf } from "./storage.js";

const KEY = "tale.session";

/** @type {Remembered} */
const NOTHING = Object.freeze({ session: "", epoch: "", lastSeq: 0, queue: [], history: [], map: [] });

export class SessionStore {
  #now = read();

  /** What is remembered now. @returns {Remembered} */
  get now() {
    return this.#now;
  }

  /** Change some of it. @param {Partial<Remembered>} part */
  keep(part) {
    this.#now = { ...this.#now, ...part };
    tabShelf.set(KEY, JSON.stringify(this.#now));
  }

  /** Forget the game, and all that belongs to it. */
  forget() {
    this.#now = NOTHING;
    tabShelf.remove(KEY);
  }
}

/** @returns {Remembered} */
function read() {
  try {
    const stored = JSON.parse(tabShelf.get(KEY) ?? "{}");
    return { ...NOTHING, ...stored };
  } catch {
    return NOTHING;
  }
}
