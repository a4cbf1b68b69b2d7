/**
 * The line to the game: opens a wire, keeps it alive, opens it again, and sees to it that every message is shown once
 * and every command sent once. Knows nothing of how anything is shown.
 *
 * @typedef {import("./protocol.js").ServerMessage} ServerMessage
 * @typedef {import("./protocol.js").TextMessage} TextMessage
 *
 * @typedef {Object} Link The state of the connection.
 * @property {"connecting" | "open" | "waiting" | "stopped"} phase
 * @property {import("./wires/wire.js").WireKind} wire
 * @property {number} attempt failed attempts in a row
 * @property {number} code why it stopped
 * @property {string} reason in the server's words
 *
 * @typedef {Object} ConnectionHooks
 * @property {(link: Link) => void} link
 * @property {(message: TextMessage) => void} text to be shown before it returns
 * @property {(message: import("./protocol.js").DataMessage) => void} data
 * @property {() => void} anew another game begins: nothing of the one before is to stay
 * @property {(sentence: string) => void} notice
 */

import { Acknowledger } from "./acknowledger.js";
import { backoff } from "./backoff.js";
import { CODE, mayReconnect } from "./protocol.js";
import { browserShelf } from "./storage.js";
import { CAPABILITIES, Unpacker } from "./unpacker.js";
import { openEventSource } from "./wires/eventsource.js";
import { openWebSocket } from "./wires/websocket.js";
import { WireChoice } from "./wire-choice.js";

/** Milliseconds that a wire may take to say `connected`. */
const GREETING = { websocket: 4000, eventsource: 10_000 };

/** Milliseconds that a health check may take. */
const HEALTH = 4000;

const OPEN = { websocket: openWebSocket, eventsource: openEventSource };

export class Connection {
  /** @type {Link} */
  #link = { phase: "connecting", wire: "websocket", attempt: 0, code: 0, reason: "" };
  /** @type {import("./wires/wire.js").Wire | null} */
  #wire = null;
  /** @type {Unpacker | null} */
  #unpacker = null;
  #acks = new Acknowledger((ack) => this.#say({ ack }));
  #choice;
  #hooks;
  #memory;
  #outgoing;

  /** The number of the last message shown; -1 when nothing is shown yet and a redraw is wanted. */
  #shown = -1;
  /** Whether the next message is a redraw, whatever its number. */
  #redrawDue = false;
  /** @type {Set<string>} notices that wait for that redraw, which would wipe them */
  #held = new Set();
  #greeted = false;
  #delivered = false;
  #openedAt = 0;
  #heardAt = 0;
  #pingMs = 25_000;
  /** @type {number | undefined} the greeting's deadline, the silence watch, or the wait for the next attempt */
  #timer;

  /**
   * @param {readonly string[]} wires that the server offers
   * @param {import("./session-store.js").SessionStore} memory
   * @param {import("./outgoing.js").Outgoing} outgoing
   * @param {ConnectionHooks} hooks
   */
  constructor(wires, memory, outgoing, hooks) {
    this.#choice = new WireChoice(wires, browserShelf);
    this.#memory = memory;
    this.#outgoing = outgoing;
    this.#hooks = hooks;
  }

  /** Connect now: at the start, on "Try now", on "Continue here". */
  connect() {
    this.#close();
    const kind = this.#choice.pick();
    const { session, epoch } = this.#memory.now;
    const query = new URLSearchParams({ cap: CAPABILITIES });
    if (session) {
      query.set("session", session);
      query.set("epoch", epoch);
      if (this.#shown >= 0) {
        query.set("after", String(this.#shown));
      }
    }
    this.#redrawDue = false;
    this.#greeted = false;
    this.#delivered = false;
    this.#openedAt = performance.now();
    this.#tell({ phase: "connecting", wire: kind, code: 0, reason: "" });
    const unpacker = new Unpacker();
    this.#unpacker = unpacker;
    this.#wire = OPEN[kind](query, {
      message: (message) =>
        unpacker.unpack(
          message,
          (unpacked) => this.#take(unpacked),
          () => this.#lost(CODE.lost, "", 0),
        ),
      ended: (end) => unpacker.afterwards(() => this.#lost(end.code, end.reason, end.afterMs ?? 0)),
    });
    this.#after(GREETING[kind], () => this.#lost(CODE.lost, "", 0));
  }

  /** Give this game up and connect to the present one, or to a new one when it has ended. */
  startAnew() {
    this.#memory.forget();
    this.#hooks.anew();
    this.#outgoing.drop("its game had ended").forEach(this.#hooks.notice);
    this.#shown = -1;
    this.connect();
  }

  /** Send a command over the open wire; return false when there is none. @type {(line: string, cid: number) => boolean} */
  command(line, cid) {
    if (this.#link.phase !== "open") {
      return false;
    }
    this.#say({ cmd: line, cid, ack: Math.max(0, this.#shown) });
    return true;
  }

  /** See whether the line still stands, when the page comes back to the reader or the network to the page. */
  check() {
    const silence = performance.now() - this.#heardAt;
    if (this.#link.phase === "waiting" || (this.#link.phase === "open" && silence > this.#pingMs + 5000)) {
      this.connect();
    }
  }

  /** Close the wire and open it again: the network has changed under it, or it made no sense. */
  renew() {
    if (this.#link.phase !== "stopped") {
      this.connect();
    }
  }

  /** Close the wire while the page is put away. */
  pause() {
    if (this.#link.phase !== "stopped") {
      this.#close();
      this.#tell({ phase: "waiting" });
    }
  }

  // What comes in

  /** @param {ServerMessage} message */
  #take(message) {
    this.#heardAt = performance.now();
    this.#watch();
    switch (message.type) {
      case "connected":
        this.#greet(message);
        break;
      case "text":
      case "data":
        this.#show(message);
        break;
      case "ack":
        this.#outgoing.taken(message.cid);
        break;
      case "ping":
        this.#say({ pong: message.t, ack: Math.max(0, this.#shown) });
        break;
      case "gap":
        this.#redrawDue = true;
        this.#held.add("Some of what happened meanwhile is no longer kept. This is how things stand now.");
        break;
      case "error":
        if (message.code === "cid_gap" || message.cid !== undefined) {
          this.#outgoing.refused(message);
        } else {
          this.#hooks.notice(message.message);
        }
        break;
      case "bye":
        this.#part(message);
        break;
    }
  }

  /** @param {import("./protocol.js").Connected} message */
  #greet(message) {
    const { session, epoch } = this.#memory.now;
    this.#greeted = true;
    this.#pingMs = message.ping * 1000;
    this.#redrawDue ||= !message.recovered;
    if (!session) {
      this.#shown = 0;
    } else if (message.session !== session || message.epoch !== epoch) {
      this.#turnOver();
    }
    this.#memory.keep({ session: message.session, epoch: message.epoch });
    this.#tell({ phase: "open" });
    this.#watch();
    this.#acks.start(this.#link.wire);
    this.#outgoing.opened(message.cmd_ack, message.limits ?? {});
  }

  /** Nothing of the game before may reach this one; what was not sent is told when this one is drawn. */
  #turnOver() {
    this.#shown = -1;
    this.#redrawDue = true;
    this.#held.add("The game has started anew.");
    this.#outgoing.drop("it was meant for the game before").forEach((sentence) => this.#held.add(sentence));
    this.#hooks.anew();
  }

  /** @param {TextMessage | import("./protocol.js").DataMessage} message */
  #show(message) {
    const redraw = message.type === "text" && message.snapshot === true;
    if (!redraw) {
      if (this.#redrawDue || message.seq <= this.#shown) {
        return;
      }
      if (message.seq > this.#shown + 1) {
        this.connect();
        return;
      }
    }
    if (message.type === "text") {
      this.#hooks.text(message);
      this.#outgoing.answered(message);
    } else {
      this.#hooks.data(message);
    }
    if (redraw) {
      this.#redrawDue = false;
      this.#held.forEach((sentence) => this.#hooks.notice(sentence));
      this.#held.clear();
    }
    this.#shown = message.seq;
    this.#delivered = true;
    this.#choice.delivered();
    this.#memory.keep({ lastSeq: message.seq });
    this.#acks.shown(message.seq);
    if (this.#link.attempt) {
      this.#tell({ attempt: 0 });
    }
  }

  // How it ends

  /** @param {import("./protocol.js").Bye} bye */
  #part(bye) {
    if (bye.reconnect) {
      this.#retry(bye.after_ms, bye.reason);
    } else {
      this.#stop(bye.code, bye.reason);
    }
  }

  /**
   * @param {number} code
   * @param {string} reason
   * @param {number} afterMs
   */
  #lost(code, reason, afterMs) {
    if (!mayReconnect(code)) {
      this.#stop(code, reason);
      return;
    }
    const blank = this.#wire?.kind === "websocket" && !this.#delivered;
    this.#retry(afterMs, reason);
    if (blank && this.#greeted) {
      this.#choice.fruitless(performance.now() - this.#openedAt);
      this.#fallBackIfUseless();
    } else if (blank) {
      void isAlive().then((alive) => {
        this.#choice.silent(alive);
        this.#fallBackIfUseless();
      });
    }
  }

  #fallBackIfUseless() {
    const busy = this.#link.phase === "open" || this.#link.phase === "stopped";
    if (!busy && this.#choice.isUseless) {
      this.#choice.fallBack();
      this.connect();
    }
  }

  /**
   * @param {number} afterMs
   * @param {string} reason
   */
  #retry(afterMs, reason) {
    this.#close();
    const attempt = this.#link.attempt + 1;
    this.#tell({ phase: "waiting", attempt, reason });
    this.#after(backoff(attempt, afterMs), () => this.connect());
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #stop(code, reason) {
    const stale = this.#shown < 0 && this.#memory.now.session !== "";
    if (stale && (code === CODE.unknownSession || code === CODE.ended)) {
      // Not a game that ended before the reader's eyes, but one remembered from before: there is a newer one, or none.
      this.startAnew();
      return;
    }
    this.#close();
    this.#tell({ phase: "stopped", code, reason });
  }

  #close() {
    clearTimeout(this.#timer);
    this.#acks.stop();
    this.#wire?.close();
    this.#wire = null;
    this.#unpacker?.close();
    this.#outgoing.closed();
  }

  // Small things

  /** @param {import("./protocol.js").ClientMessage} message */
  #say(message) {
    const session = this.#link.wire === "eventsource" ? { session: this.#memory.now.session } : {};
    this.#wire?.send({ ...message, ...session });
  }

  /** Give the line up when it has been silent for longer than the server's pings allow. */
  #watch() {
    if (this.#link.phase === "open") {
      this.#after(1.5 * this.#pingMs + 5000, () => this.#lost(CODE.lost, "", 0));
    }
  }

  /**
   * @param {number} ms
   * @param {() => void} act
   */
  #after(ms, act) {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(act, ms);
  }

  /** @param {Partial<Link>} part */
  #tell(part) {
    this.#link = { ...this.#link, ...part };
    this.#hooks.link(this.#link);
  }
}

/** Ask whether the server answers at all: if it does, a WebSocket that fails is to blame itself. */
async function isAlive() {
  try {
    const answer = await fetch("health", { signal: AbortSignal.timeout(HEALTH), cache: "no-store" });
    return answer.ok;
  } catch {
    return false;
  }
}
