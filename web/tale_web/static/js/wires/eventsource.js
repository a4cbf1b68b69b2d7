/**
 * The wire `eventsource`: messages come as server-sent events, commands go by POST, one after another.
 *
 * The answers to POSTs are turned into the messages that a WebSocket would have brought, so that nothing above this
 * file knows the difference. Reconnecting is the connection's business: the browser's own is cut short.
 */

import { CODE, TYPES, parseMessage } from "../protocol.js";

/** @typedef {import("./wire.js").OpenWire} OpenWire */
/** @typedef {import("./wire.js").WireEnd} WireEnd */
/** @typedef {import("../protocol.js").ClientMessage} ClientMessage */
/** @typedef {import("../protocol.js").ServerMessage} ServerMessage */

/** Milliseconds that a POST may take. */
const POST_DEADLINE = 10_000;

/** @type {OpenWire} */
export function openEventSource(query, handlers) {
  const address = `eventsource?${query}`;
  const source = new EventSource(address);
  let open = true;
  /** @type {Promise<void>} the POST before the next one: they must arrive in order */
  let posted = Promise.resolve();

  /** @param {WireEnd} end */
  function end(end) {
    if (open) {
      close();
      handlers.ended(end);
    }
  }

  function close() {
    open = false;
    source.close();
  }

  for (const type of TYPES) {
    source.addEventListener(type, (event) => {
      // An "error" without data is the browser's own, about the stream.
      const data = event instanceof MessageEvent && typeof event.data === "string" ? event.data : null;
      const message = open && data !== null ? parseMessage(data) : null;
      if (message) {
        handlers.message(message);
      }
    });
  }
  source.onerror = (event) => {
    if (!open || event instanceof MessageEvent) {
      return;
    }
    if (source.readyState === EventSource.CLOSED) {
      void whyRefused(address).then(end);
    } else {
      end({ code: CODE.lost, reason: "" });
    }
  };

  return {
    kind: "eventsource",
    send(message) {
      posted = posted.then(async () => {
        if (!open) {
          return;
        }
        const answer = await post(message);
        if (!open) {
          return;
        }
        if (answer === null) {
          end({ code: CODE.lost, reason: "" });
        } else if (answer.type === "error" && answer.code === "unauthenticated") {
          end({ code: CODE.unauthenticated, reason: answer.message });
        } else if (answer.type !== "ack" || answer.cid) {
          handlers.message(answer);
        }
      });
    },
    close,
  };
}

/**
 * Send a message; return what a WebSocket would have said to it, null when the server could not be reached.
 *
 * @param {ClientMessage} message
 * @returns {Promise<import("../protocol.js").Ack | import("../protocol.js").ErrorMessage | null>}
 */
async function post(message) {
  try {
    const response = await fetch("input", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(POST_DEADLINE),
    });
    /** @type {any} an answer's JSON, of which only two fields are used and each is checked by its use */
    const answer = await response.json();
    if (response.ok) {
      return { type: "ack", cid: Number(answer.cid) || 0 };
    }
    const later = Number(response.headers.get("Retry-After"));
    return {
      type: "error",
      code: String(answer.error),
      message: String(answer.message),
      ...(message.cid === undefined ? {} : { cid: message.cid }),
      ...(later ? { retry_after: later } : {}),
    };
  } catch {
    return null;
  }
}

/**
 * Find out why the stream was refused, which EventSource keeps to itself.
 *
 * @param {string} address
 * @returns {Promise<WireEnd>}
 */
async function whyRefused(address) {
  const again = new AbortController();
  try {
    const response = await fetch(address, { headers: { Accept: "text/event-stream" }, signal: again.signal });
    const { status } = response;
    again.abort();
    if (status === 401 || status === 403) {
      return { code: status === 401 ? CODE.unauthenticated : CODE.forbidden, reason: "" };
    }
    if (status !== 204) {
      return { code: CODE.lost, reason: "", afterMs: 1000 * (Number(response.headers.get("Retry-After")) || 0) };
    }
    const answer = await post({ pong: 0 });
    if (answer === null) {
      return { code: CODE.lost, reason: "" };
    }
    const stranger = answer.type === "error" && answer.code === "unauthenticated";
    return { code: stranger ? CODE.unauthenticated : CODE.unknownSession, reason: "" };
  } catch {
    return { code: CODE.lost, reason: "" };
  }
}
