/**
 * The messages of the wire `tale.v1`, as types, and the one place where text from the server becomes one of them.
 *
 * @typedef {{text: string, ref?: string, role?: string}} Run
 * @typedef {readonly Run[]} Paragraph
 * @typedef {{label: string, command: string}} Option
 *
 * @typedef {Object} Block One thing that was said, or what the player typed (`kind` "input").
 * @property {string} kind
 * @property {readonly Paragraph[]} [text]
 * @property {number} [cid] of an input: the command's number
 * @property {readonly Option[]} [options] of a question: its answers
 * @property {string} [id] of an apology: what the log has it under
 * @property {string} [outcome] of an ending
 * @property {string} [source] of an image: a data: address
 * @property {string} [image] of an image in a redraw: its file among the story's resources
 * @property {string} [alt] of an image: what it shows
 *
 * @typedef {{direction: string, command: string, label?: string, state?: string}} ExitEntry
 * @typedef {{id: string, name: string, commands?: readonly string[], state?: string}} Entry
 * @typedef {{id: string, title: string, x: number, y: number, level?: number, exits?: readonly string[]}} MapRoom
 *
 * @typedef {Object} Scene What the player perceives here and now.
 * @property {number} turns
 * @property {string} place
 * @property {string} location
 * @property {string} [image]
 * @property {string} [alt] what the image shows
 * @property {readonly ExitEntry[]} [exits]
 * @property {readonly Entry[]} [things]
 * @property {readonly Entry[]} [people]
 * @property {readonly Entry[]} [inventory]
 * @property {number} [score]
 * @property {number} [max_score]
 * @property {{hp: number, max_hp: number} | null} [vitals]
 * @property {string} [purse]
 * @property {MapRoom | null} [room]
 *
 * @typedef {Object} Limits
 * @property {number} [line] bytes of one command
 * @property {number} [inflight] commands that may wait
 * @property {number} [rate] commands a second
 * @property {number} [burst] commands at once
 *
 * @typedef {Object} Connected
 * @property {"connected"} type
 * @property {string} session
 * @property {string} epoch
 * @property {number} seq
 * @property {boolean} recovered
 * @property {number} cmd_ack
 * @property {number} ping
 * @property {Limits} [limits]
 * @property {readonly string[]} [wires]
 *
 * @typedef {Object} TextMessage
 * @property {"text"} type
 * @property {number} seq
 * @property {number} cmd_ack
 * @property {readonly string[]} special
 * @property {number} turns played so far
 * @property {readonly Block[]} runs
 * @property {Scene} [scene]
 * @property {boolean} [snapshot]
 *
 * @typedef {{type: "data", seq: number, data: string, id?: string, mime?: string, alt?: string}} DataMessage
 * @typedef {{type: "z", seq: number, d: string}} Packed Another message, as raw deflate in base64.
 * @typedef {{type: "ack", cid: number}} Ack
 * @typedef {{type: "ping", t: number}} Ping
 * @typedef {{type: "gap", from: number, to: number, reason: string}} Gap
 * @typedef {{type: "error", code: string, message: string, cid?: number, retry_after?: number}} ErrorMessage
 * @typedef {{type: "bye", code: number, reason: string, reconnect: boolean, after_ms: number}} Bye
 * @typedef {Connected | TextMessage | DataMessage | Packed | Ack | Ping | Gap | ErrorMessage | Bye} ServerMessage
 *
 * @typedef {{cmd?: string, cid?: number, ack?: number, pong?: number, session?: string}} ClientMessage
 */

/** Codes of closes and byes that the page acts on. */
export const CODE = Object.freeze({
  quit: 1000,
  tooBig: 1009,
  lost: 1006,
  protocol: 4500,
  unauthenticated: 4501,
  forbidden: 4503,
  unknownSession: 4504,
  replaced: 4509,
  ended: 4510,
  tooLarge: 4513,
});

/** Types of messages that the page listens to. */
export const TYPES = Object.freeze(["connected", "text", "data", "z", "ack", "ping", "gap", "error", "bye"]);

/**
 * Read one message; null for one that this page does not know, which is to be ignored.
 *
 * @param {string} text
 * @returns {ServerMessage | null}
 */
export function parseMessage(text) {
  /** @type {any} parsed JSON, whose fields are checked below */
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof message !== "object" || message === null || !TYPES.includes(message.type)) {
    return null;
  }
  if (message.type === "z" && typeof message.d !== "string") {
    return null;
  }
  if (message.type === "text") {
    const whole = Number.isInteger(message.seq) && Array.isArray(message.runs);
    const { special = [], cmd_ack = 0, turns = 0 } = message;
    return whole ? { ...message, special, cmd_ack, turns } : null;
  }
  return message;
}

/**
 * Tell whether a stream that ended with this code, and without a bye, is to be opened again.
 *
 * @param {number} code
 */
export function mayReconnect(code) {
  return code !== CODE.quit && code < 4500;
}
