/** The wire `websocket`: both directions over one socket. */

import { CODE, parseMessage } from "../protocol.js";

/** @typedef {import("./wire.js").OpenWire} OpenWire */

/** @type {OpenWire} */
export function openWebSocket(query, handlers) {
  const address = new URL(`ws?${query}`, document.baseURI);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  let open = true;

  socket.addEventListener("message", (event) => {
    const message = open && typeof event.data === "string" ? parseMessage(event.data) : null;
    if (message) {
      handlers.message(message);
    }
  });
  socket.addEventListener("close", (event) => {
    if (open) {
      open = false;
      handlers.ended({ code: event.code || CODE.lost, reason: event.reason });
    }
  });

  return {
    kind: "websocket",
    send(message) {
      if (socket.readyState === WebSocket.OPEN) {
        socket.send(JSON.stringify(message));
      }
    },
    close() {
      open = false;
      socket.close();
    },
  };
}
