// The messages of one pane: each once, in order, the newest edition of each, with what is still being sent below.

import { drawMessage } from "./draw.js";
import { make } from "./make.js";
import { text } from "./texts.js";

const ROOMY = 700; // pixels of height from which pinned messages are open at first
const NEAR = 80; // pixels from the end within which the list follows new messages

export class Messages {
  #known = new Map(); // id -> { message, element }
  #unsent = new Map(); // act id -> element

  constructor(persona, { label, nameOf, press, older }) {
    this.persona = persona;
    this.nameOf = nameOf;
    this.press = press;
    this.list = make("ol", { class: "messages" });
    this.pinned = make("ol", { class: "messages", tabindex: "0", "aria-label": text("messages_pinned") });
    this.pinsTitle = make("summary", {});
    this.pins = make("details", { class: "pins", open: innerHeight >= ROOMY, hidden: true }, this.pinsTitle, this.pinned);
    this.earlier = make("button", { class: "earlier button plain", type: "button", hidden: true, click: () => older(this.#oldest()) }, text("earlier"));
    this.newer = make("button", { class: "newer button main", type: "button", hidden: true, click: () => this.#toEnd() }, text("new_messages"));
    this.scroller = make("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": label }, this.earlier, this.list);
    this.scroller.addEventListener("scroll", () => this.#isNearEnd() && (this.newer.hidden = true), { passive: true });
    new ResizeObserver(() => this.#follows && this.#toEnd()).observe(this.scroller);
    this.element = make("div", { class: "thread" }, this.scroller, this.newer);
  }

  #follows = true;

  get isEmpty() {
    return this.#known.size === 0 && this.#unsent.size === 0;
  }

  /** Put a part of the history in; the newest part (`before` null) also tells what is no longer there. */
  addHistory({ messages, before, more }) {
    const kept = this.scroller.scrollHeight - this.scroller.scrollTop;
    if (before === null) {
      const there = new Set(messages.map((message) => message.id));
      const from = messages.find((message) => !message.pin)?.order ?? 0;
      for (const [id, { message }] of this.#known) if (!there.has(id) && !message.fleeting && (message.pin || message.order >= from)) this.remove(id);
    }
    for (const message of messages) this.#put(message);
    if (before !== null || this.#known.size <= messages.length) this.earlier.hidden = !more;
    if (before === null) this.#reveal(this.list.lastElementChild);
    else this.scroller.scrollTop = this.scroller.scrollHeight - kept;
  }

  /** Show a new message or a new edition of one; returns whether it was new. `isAnswer`: the person has just asked for it. */
  show(message, isAnswer) {
    const near = this.#isNearEnd();
    const isNew = this.#put(message);
    const { element } = this.#known.get(message.id);
    if (message.pin) return isNew;
    const isWanted = message.by === this.persona.key || (isAnswer && (isNew || this.#isLast(element)));
    if (near || isWanted) this.#reveal(element);
    else if (isNew) this.newer.hidden = false;
    return isNew;
  }

  remove(id) {
    this.#known.get(id)?.element.remove();
    this.#known.delete(id);
    this.#showPins();
  }

  /** Take away what all read; what this person alone was told stays. */
  clear() {
    for (const [id, { message }] of [...this.#known]) if (!message.only) this.remove(id);
  }

  /** Show words that the server does not have yet. */
  showUnsent(act, words) {
    const meta = make("p", { class: "meta" }, make("span", { class: "who" }, text("from_you")), make("span", { class: "soft" }, text("sending")));
    const element = make("li", { class: "message mine unsent" }, meta, make("div", { class: "body" }, make("p", {}, make("bdi", { class: "words" }, words))));
    this.#unsent.set(act, element);
    this.list.append(element);
    this.#toEnd();
  }

  /** The act is done, or was refused: what stood for it goes. */
  dropUnsent(act) {
    this.#unsent.get(act)?.remove();
    this.#unsent.delete(act);
  }

  textOf(id) {
    return this.#known.get(id)?.element.querySelector(".body").innerText ?? "";
  }

  #put(message) {
    const known = this.#known.get(message.id);
    if (known && known.message.edition >= message.edition) return false;
    const element = known?.element ?? make("li", { tabindex: "-1" });
    element.dataset.id = message.id;
    element.dataset.order = message.order;
    const hadFocus = element.contains(document.activeElement) && document.activeElement !== element;
    drawMessage(element, message, this.persona, this.nameOf, (data, button) => this.press(data, message.id, button));
    for (const image of element.querySelectorAll("img, canvas")) image.addEventListener("load", () => this.#follows && this.#toEnd());
    if (!known || known.message.pin !== message.pin) this.#insert(element, known?.message.order ?? message.order, message.pin);
    if (hadFocus) element.focus({ preventScroll: true });
    this.#known.set(message.id, { message: known ? { ...message, order: known.message.order } : message, element });
    this.#showPins();
    return !known;
  }

  #insert(element, order, isPinned) {
    const list = isPinned ? this.pinned : this.list;
    element.remove();
    let after = list.lastElementChild;
    while (after && (after.classList.contains("unsent") || Number(after.dataset.order) > order)) after = after.previousElementSibling;
    if (after) after.after(element);
    else list.prepend(element);
  }

  #oldest() {
    return Math.min(...[...this.#known.values()].filter(({ message }) => !message.pin).map(({ message }) => message.order));
  }

  /** Let the line above the pinned messages say what the newest of them is about. */
  #showPins() {
    const newest = this.pinned.lastElementChild;
    this.pins.hidden = !newest;
    const title = newest?.querySelector(".body")?.firstElementChild?.textContent ?? "";
    this.pinsTitle.textContent = text("pinned", { title: title.slice(0, 80) });
  }

  #isNearEnd() {
    this.#follows = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
    return this.#follows;
  }

  /** Whether only words that are still on their way stand below. */
  #isLast(element) {
    let below = element.nextElementSibling;
    while (below?.classList.contains("unsent")) below = below.nextElementSibling;
    return !below;
  }

  /** Go to the end; but when a message at the end is longer than the view, show where it begins: help numbers stand on top. */
  #reveal(element) {
    this.#toEnd();
    if (element && this.#isLast(element) && element.offsetHeight > this.scroller.clientHeight) {
      this.scroller.scrollTop += element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - 8;
      this.#follows = false;
    }
  }

  #toEnd() {
    this.#follows = true;
    this.newer.hidden = true;
    this.scroller.scrollTop = this.isEmpty ? 0 : this.scroller.scrollHeight;
  }
}
