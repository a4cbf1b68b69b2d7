/**
 * All that the page shows, in one value, and the pure function that makes the next value from a thing that happened.
 * Views read it and draw; nothing else holds what is shown.
 *
 * @typedef {import("./protocol.js").Block} Block
 * @typedef {import("./protocol.js").MapRoom} MapRoom
 * @typedef {import("./protocol.js").Option} Option
 * @typedef {import("./protocol.js").Scene} Scene
 *
 * @typedef {{n: number, block: Block}} ShownBlock `n` counts all blocks that this page ever showed
 *
 * @typedef {Object} State
 * @property {readonly ShownBlock[]} blocks the transcript, oldest first
 * @property {number} wiped how often the transcript was wiped
 * @property {number} turnStart the `n` of the first block of the newest turn
 * @property {number} next the `n` of the next block
 * @property {readonly import("./outgoing.js").Command[]} pending commands without an answer yet
 * @property {readonly Option[]} answers to the question that is open
 * @property {boolean} asked whether the game waits for an answer of any kind, be it an empty line
 * @property {boolean} secret whether typing is to be hidden
 * @property {Scene | null} scene as it last looked different
 * @property {number} turns played so far
 * @property {readonly MapRoom[]} map the rooms visited
 * @property {import("./connection.js").Link} link
 *
 * @typedef {{type: "text", message: import("./protocol.js").TextMessage}
 *   | {type: "block", block: Block}
 *   | {type: "anew"}
 *   | {type: "pending", commands: readonly import("./outgoing.js").Command[]}
 *   | {type: "link", link: import("./connection.js").Link}
 *   | {type: "map", rooms: readonly MapRoom[]}} Action
 */

/** Blocks that the transcript keeps. */
export const BLOCK_LIMIT = 500;

/** @type {Readonly<State>} what is shown before anything has happened */
export const START = {
  blocks: [],
  wiped: 0,
  turnStart: 0,
  next: 0,
  pending: [],
  answers: [],
  asked: false,
  secret: false,
  scene: null,
  turns: 0,
  map: [],
  link: { phase: "connecting", wire: "websocket", attempt: 0, code: 0, reason: "" },
};

/**
 * @param {State} state
 * @param {Action} action
 * @returns {State}
 */
export function reduce(state, action) {
  switch (action.type) {
    case "text":
      return afterText(state, action.message);
    case "block":
      return append(state, [action.block]);
    case "anew":
      return { ...START, link: state.link, next: state.next, turnStart: state.next, wiped: state.wiped + 1 };
    case "pending":
      return { ...state, pending: action.commands };
    case "link":
      return { ...state, link: action.link };
    case "map":
      return { ...state, map: action.rooms };
  }
}

/**
 * @param {State} state
 * @param {import("./protocol.js").TextMessage} message
 * @returns {State}
 */
function afterText(state, message) {
  const wiped = message.special.includes("clear");
  const before = wiped ? { ...state, blocks: [], wiped: state.wiped + 1, answers: [], asked: false } : state;
  const scene = message.scene ?? before.scene;
  return {
    ...append(before, message.runs),
    ...questionIn(before, message.runs),
    secret: message.special.includes("noecho"),
    scene,
    turns: message.turns,
    map: charted(state, scene, message.turns),
  };
}

/**
 * @param {State} state
 * @param {readonly Block[]} blocks
 * @returns {State}
 */
function append(state, blocks) {
  const shown = blocks.map((block, index) => ({ n: state.next + index, block }));
  const typed = blocks.findLastIndex((block) => block.kind === "input");
  return {
    ...state,
    blocks: [...state.blocks, ...shown].slice(-BLOCK_LIMIT),
    next: state.next + blocks.length,
    turnStart: state.next + Math.max(0, typed),
  };
}

/**
 * A question stays open until the player's next line is answered or the page is wiped.
 *
 * @param {State} state
 * @param {readonly Block[]} blocks
 */
function questionIn(state, blocks) {
  const last = blocks.at(-1);
  if (last && (last.kind === "ask" || last.kind === "prompt")) {
    return { answers: last.options ?? [], asked: true };
  }
  const goneOn = blocks.some((block) => block.kind === "input");
  return goneOn ? { answers: [], asked: false } : { answers: state.answers, asked: state.asked };
}

/**
 * Add the room of a scene to the map; a story that began anew begins with an empty one.
 *
 * @param {State} state
 * @param {Scene | null} scene
 * @param {number} turns
 */
function charted(state, scene, turns) {
  const room = scene?.room;
  if (!scene || !room) {
    return state.map;
  }
  const anew = state.scene !== null && turns < state.turns && turns <= 1;
  const others = anew ? [] : state.map.filter((each) => each.id !== room.id);
  return [...others, room];
}
