// One persona's WebSocket. What a person did is sent again after each reconnect until the server acknowledges it.

import { randomId } from "./make.js";

const FIRST_WAIT = 300;
const LONGEST_WAIT = 8000;
let renewing = null;

/** Fetch a new cookie once for all sockets: the server makes new ones when it starts again. */
function renewCookie() {
  renewing ??= fetch("page.json").catch(() => null).finally(() => (renewing = null));
  return renewing;
}

export class Wire {
  #socket = null;
  #unacknowledged = new Map();
  #wait = FIRST_WAIT;
  #timer = null;

  /** `told` gets each frame of the server, `changed` whether there is a connection. */
  constructor(persona, { told, changed }) {
    this.persona = persona;
    this.told = told;
    this.changed = changed;
    this.isOpen = false;
    addEventListener("online", () => this.#now());
    document.addEventListener("visibilitychange", () => document.hidden || this.#now());
  }

  open() {
    const address = new URL(`ws?as=${encodeURIComponent(this.persona)}`, document.baseURI);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener("message", (event) => this.#take(JSON.parse(event.data)));
    socket.addEventListener("close", () => socket === this.#socket && this.#again());
  }

  get waiting() {
    return this.#unacknowledged.size;
  }

  /** Do something for certain; returns the act's id. */
  act(frame) {
    const id = randomId();
    const text = JSON.stringify({ ...frame, id });
    this.#unacknowledged.set(id, text);
    if (this.isOpen) this.#socket.send(text);
    else this.#now();
    return id;
  }

  /** Ask for something that may get lost. */
  ask(frame) {
    if (this.isOpen) this.#socket.send(JSON.stringify(frame));
  }

  #take(frame) {
    if (frame.type === "hello") {
      this.isOpen = true;
      this.#wait = FIRST_WAIT;
      for (const text of this.#unacknowledged.values()) this.#socket.send(text);
      this.changed();
    }
    if (frame.type === "ack" || frame.type === "problem") this.#unacknowledged.delete(frame.id);
    this.told(frame);
  }

  #again() {
    this.#socket = null;
    this.isOpen = false;
    this.changed();
    const wait = this.#wait * (0.75 + Math.random() / 2);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    this.#timer = setTimeout(() => this.#reopen(), wait);
  }

  #now() {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#reopen();
  }

  async #reopen() {
    this.#timer = null;
    await renewCookie();
    this.open();
  }
}
