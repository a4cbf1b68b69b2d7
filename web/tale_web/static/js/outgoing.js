/**
 * The commands on their way to the game: typed, sent, taken by the server, answered.
 *
 * One at a time is sent, the next when the server has taken it, so a command's number is always the one after the last
 * taken, and a refusal or a lost connection leaves no gap. What was sent and not taken is sent once more on the next
 * connection to the same numbering; the server drops what it had taken all the same.
 *
 * @typedef {"waiting" | "sent" | "taken"} Stage
 *
 * @typedef {Object} Command
 * @property {number} key names it on this page
 * @property {string} line
 * @property {boolean} secret not to be shown or stored
 * @property {number | null} cid its number, once it was sent
 * @property {Stage} stage
 *
 * @typedef {Object} OutgoingHooks
 * @property {(line: string, cid: number) => boolean} send false when there is no connection
 * @property {(commands: readonly Command[]) => void} changed
 * @property {(sentence: string) => void} failed what to tell the player when a command was not run and will not be
 * @property {() => void} confused the numbers do not match: connect anew to learn the right one
 */

import { Pace } from "./pace.js";

/** Commands that may wait to be taken. */
export const QUEUE_LIMIT = 64;

/** Refusals after which the same command is sent again, a little later. */
const LATER = new Set(["rate_limited", "queue_full", "busy"]);

export class Outgoing {
  /** @type {Command[]} */
  #commands = [];
  #accepted = 0;
  #open = false;
  #key = 0;
  #pace = new Pace(() => this.#pump());
  #hooks;

  /** @param {OutgoingHooks} hooks */
  constructor(hooks) {
    this.#hooks = hooks;
  }

  /** The commands not yet taken, oldest first. */
  get untaken() {
    return this.#commands.filter((each) => each.stage !== "taken");
  }

  /**
   * Take back what an earlier life of this page had not got rid of.
   *
   * @param {readonly import("./session-store.js").StoredCommand[]} stored
   */
  restore(stored) {
    this.#commands = stored.map(({ line, cid }) => ({ key: ++this.#key, line, secret: false, cid, stage: "waiting" }));
    this.#changed();
  }

  /**
   * Queue a command; return false when there are too many already.
   *
   * @param {string} line
   * @param {boolean} secret
   */
  add(line, secret) {
    if (this.untaken.length >= QUEUE_LIMIT) {
      return false;
    }
    this.#commands.push({ key: ++this.#key, line, secret, cid: null, stage: "waiting" });
    this.#changed();
    this.#pump();
    return true;
  }

  /**
   * Go on over a new connection to the same numbering, of which the server has taken all up to `accepted`.
   *
   * @param {number} accepted
   * @param {import("./protocol.js").Limits} limits
   */
  opened(accepted, limits) {
    this.#open = true;
    this.#pace.limit(limits);
    this.taken(accepted);
  }

  /** Keep everything until there is a connection again. */
  closed() {
    this.#open = false;
    for (const command of this.untaken) {
      command.stage = "waiting";
    }
    this.#changed();
  }

  /**
   * Give up what was not taken and count from the beginning; return what to tell the player of it.
   *
   * @param {string} why
   */
  drop(why) {
    const dropped = this.untaken;
    this.#commands = [];
    this.#accepted = 0;
    this.#changed();
    return dropped.map((command) => failure(command, why));
  }

  /** Note that the server has taken all commands up to this number. @param {number} cid */
  taken(cid) {
    this.#accepted = Math.max(this.#accepted, cid);
    for (const command of this.#commands) {
      if (command.cid !== null && command.cid <= this.#accepted) {
        command.stage = "taken";
      } else if (command.stage === "waiting") {
        command.cid = null;
      }
    }
    this.#changed();
    this.#pump();
  }

  /**
   * Note a message of the game: its answers replace the commands that they answer.
   *
   * @param {import("./protocol.js").TextMessage} message
   */
  answered(message) {
    const typed = new Map(message.runs.filter((block) => block.cid).map((block) => [block.cid, lineOf(block)]));
    const answered = this.#commands.filter((each) => each.cid !== null && each.cid <= message.cmd_ack);
    this.#commands = this.#commands.filter((each) => !answered.includes(each));
    this.taken(message.cmd_ack);
    for (const command of answered) {
      const run = typed.get(command.cid ?? 0);
      if (run !== undefined && !command.secret && run !== command.line) {
        // Another tab used this number while this one was cut off.
        this.#hooks.failed(failure(command, "the game went on in another tab"));
      }
    }
  }

  /** Note that the server has refused a command. @param {import("./protocol.js").ErrorMessage} error */
  refused(error) {
    const [command] = this.untaken;
    if (!command || command.stage !== "sent" || (error.cid !== undefined && error.cid !== command.cid)) {
      return;
    }
    command.stage = "waiting";
    command.cid = null;
    if (LATER.has(error.code)) {
      this.#pace.rest(1000 * (error.retry_after ?? 1));
      this.#changed();
    } else if (error.code === "cid_gap") {
      this.#changed();
      this.#hooks.confused();
    } else {
      this.#commands = this.#commands.filter((each) => each !== command);
      this.#changed();
      this.#hooks.failed(failure(command, error.message));
      this.#pump();
    }
  }

  #pump() {
    const [command] = this.untaken;
    if (!this.#open || !command || command.stage === "sent" || !this.#pace.mayGo()) {
      return;
    }
    const cid = this.#accepted + 1;
    if (this.#hooks.send(command.line, cid)) {
      command.cid = cid;
      command.stage = "sent";
      this.#changed();
    }
  }

  #changed() {
    this.#hooks.changed(this.#commands.map((each) => ({ ...each })));
  }
}

/** @param {import("./protocol.js").Block} block */
function lineOf(block) {
  return (block.text ?? []).map((runs) => runs.map((run) => run.text).join("")).join("\n");
}

/**
 * @param {Command} command
 * @param {string} why
 */
function failure(command, why) {
  const what = command.secret ? "Your answer" : `“${command.line}”`;
  return `${what} was not sent: ${why.replace(/\.$/, "")}.`;
}
