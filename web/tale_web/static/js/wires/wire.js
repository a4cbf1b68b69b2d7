/**
 * What both wires are to the connection: a way to send, a way to close, and two things that they report.
 *
 * @typedef {import("../protocol.js").ClientMessage} ClientMessage
 * @typedef {import("../protocol.js").ServerMessage} ServerMessage
 *
 * @typedef {"websocket" | "eventsource"} WireKind
 *
 * @typedef {Object} WireEnd How a wire ended.
 * @property {number} code a WebSocket close code, 1006 when nothing better is known
 * @property {string} reason
 * @property {number} [afterMs] wait at least this long before the next attempt
 *
 * @typedef {Object} WireHandlers
 * @property {(message: ServerMessage) => void} message
 * @property {(end: WireEnd) => void} ended called once at most
 *
 * @typedef {Object} Wire
 * @property {WireKind} kind
 * @property {(message: ClientMessage) => void} send
 * @property {() => void} close silently: no handler is called after it
 *
 * @typedef {(query: URLSearchParams, handlers: WireHandlers) => Wire} OpenWire
 */

export {};
