// One person at the page: a connection of their own, the room as they see it, and their private chat.

import { askForm, formDone, formFailed } from "./form.js";
import { freshId, make, randomId } from "./make.js";
import { Pane } from "./pane.js";
import { text } from "./texts.js";
import { Wire } from "./wire.js";

const BOTH = 720; // pixels of a seat's width from which room and private chat stand side by side
const KINDS = ["room", "private"];

/** Let a badge say how many messages have not been seen, or nothing. */
export function countUnread(badge, count) {
  badge.hidden = count === 0;
  badge.replaceChildren(...(count ? [String(count), make("span", { class: "hidden" }, ` ${text("unread")}`)] : []));
}

export class Seat {
  #shown = "room";
  #both = false;
  #visible = false;
  #asked = null;

  /** `page` has announce(words) and changed(seat). */
  constructor(persona, start, page) {
    this.persona = persona;
    this.page = page;
    this.wire = new Wire(persona.key, { told: (frame) => this.#take(frame), changed: () => page.changed(this) });
    this.panes = Object.fromEntries(KINDS.map((kind) => [kind, new Pane(kind, this, start)]));
    this.tabs = Object.fromEntries(KINDS.map((kind) => [kind, this.#drawTab(this.panes[kind])]));
    this.problem = make("p", { class: "problem", role: "alert" });
    const heading = make("h2", { id: freshId("seat") }, persona.name);
    this.tablist = make("div", { class: "tabs", role: "tablist", "aria-label": text("chats_of", { name: persona.name }) }, ...Object.values(this.tabs));
    this.element = make(
      "section",
      { class: "seat", "data-persona": persona.key, "aria-labelledby": heading.id, hidden: true },
      make(
        "header",
        { class: "seat-head" },
        make("span", { class: "face", "aria-hidden": "true" }, persona.name[0]),
        make("div", { class: "name" }, heading, make("p", { class: "soft" }, persona.part)),
        make("button", { class: "button help", type: "button", click: () => this.#help() }, text("help_now")),
      ),
      this.tablist,
      this.problem,
      make("div", { class: "panes" }, ...KINDS.map((kind) => this.panes[kind].element)),
    );
    new ResizeObserver(([entry]) => this.#arrange(entry.contentRect.width >= BOTH)).observe(this.element);
    this.#arrange(false);
  }

  get unread() {
    return this.panes.room.unread + this.panes.private.unread;
  }

  set visible(visible) {
    this.#visible = visible;
    this.element.hidden = !visible;
    this.#read();
  }

  act(frame) {
    this.problem.textContent = "";
    return this.wire.act(frame);
  }

  /** Ask for values of a command's option; `show` gets those of the last question only. */
  complete(frame, show) {
    this.#asked = { id: randomId(), show };
    this.wire.ask({ type: "complete", id: this.#asked.id, ...frame });
  }

  #offered({ id, choices }) {
    if (id === this.#asked?.id) this.#asked.show(choices);
  }

  announce(words) {
    if (this.#visible) this.page.announce(words);
  }

  show(kind) {
    this.#shown = kind;
    this.#arrange(this.#both);
  }

  #take(frame) {
    switch (frame.type) {
      case "history":
        this.panes[frame.pane].messages.addHistory(frame);
        this.panes[frame.pane].refresh();
        break;
      case "message":
      case "replace":
        this.#showMessage(frame.message);
        break;
      case "remove":
        for (const id of frame.ids) this.panes[frame.pane].messages.remove(id);
        this.panes[frame.pane].refresh();
        break;
      case "state":
        this.panes.room.showState(frame);
        break;
      case "choices":
        this.#offered(frame);
        break;
      case "form":
        this.#ask(frame);
        break;
      case "typing":
        this.panes.room.showTyping(frame.name);
        break;
      case "ack":
        this.#done(frame.id);
        formDone(frame.id);
        break;
      case "problem":
        this.#done(frame.id);
        if (!formFailed(frame.id, frame.text)) this.problem.textContent = frame.text;
        break;
    }
  }

  #showMessage(message) {
    const pane = this.panes[message.pane];
    const isNew = pane.messages.show(message, !message.by && this.wire.waiting > 0);
    pane.refresh();
    if (pane.kind === "room") pane.stopTyping();
    if (message.by === this.persona.key) return;
    const where = this.#isSeen(pane) ? "" : `${pane.title}. `;
    this.announce(`${this.persona.name}: ${where}${pane.messages.textOf(message.id)}`);
    if (isNew && !message.quiet && !this.#isSeen(pane)) {
      pane.unread += 1;
      this.#read();
    }
  }

  #ask(frame) {
    const { name, key } = this.persona;
    const send = (fields) => this.act({ type: "form", pane: frame.pane, data: frame.form.data, message: frame.message, fields });
    askForm({ name, persona: key, form: frame.form, intro: frame.intro, language: frame.language, send });
  }

  #done(act) {
    for (const pane of Object.values(this.panes)) pane.done(act);
    this.page.changed(this);
  }

  /** Ask for the help card; without a connection say at once what this page itself knows. */
  #help() {
    if (!this.wire.isOpen) this.problem.textContent = text("help_offline");
    else this.panes[this.#shown].press("safety:now", "", null);
  }

  #isSeen(pane) {
    return this.#visible && !document.hidden && (this.#both || pane.kind === this.#shown);
  }

  /** Count as read what can be seen, and show how much cannot. */
  #read() {
    for (const pane of Object.values(this.panes)) {
      if (this.#isSeen(pane)) pane.unread = 0;
      countUnread(this.tabs[pane.kind].querySelector(".badge"), pane.unread);
    }
    this.page.changed(this);
  }

  readAgain() {
    this.#read();
  }

  #arrange(both) {
    this.#both = both;
    this.element.classList.toggle("both", both);
    this.tablist.hidden = both;
    for (const kind of KINDS) {
      const pane = this.panes[kind].element;
      const selected = kind === this.#shown;
      pane.hidden = !both && !selected;
      pane.setAttribute("role", both ? "region" : "tabpanel");
      pane.setAttribute("aria-label", this.panes[kind].title);
      this.tabs[kind].setAttribute("aria-selected", selected);
      this.tabs[kind].tabIndex = selected ? 0 : -1;
    }
    this.#read();
  }

  #drawTab(pane) {
    const badge = make("span", { class: "badge", hidden: true });
    return make(
      "button",
      {
        class: "tab",
        type: "button",
        role: "tab",
        id: freshId("tab"),
        "aria-controls": pane.element.id,
        click: () => this.show(pane.kind),
        keydown: (event) => this.#turn(event, pane.kind),
      },
      pane.title,
      " ",
      badge,
    );
  }

  #turn(event, kind) {
    if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const other = { ArrowLeft: KINDS[1 - KINDS.indexOf(kind)], ArrowRight: KINDS[1 - KINDS.indexOf(kind)], Home: KINDS[0], End: KINDS[1] }[event.key];
    this.show(other);
    this.tabs[other].focus();
  }
}
