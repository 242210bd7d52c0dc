// Questions asked together, in a dialog. It stays open, with all that was typed, until the server has taken it.

import { drawBlocks } from "./draw.js";
import { drawFile } from "./file.js";
import { freshId, make } from "./make.js";
import { text } from "./texts.js";

const OFFER_AFTER = 150; // milliseconds without a key
const RADIOS = 6; // more choices than this become a list to open
const dialog = document.querySelector("dialog.form");
const waiting = [];
let shown = null;

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  close();
});

/** Show a form when no other is open. `send(values)` returns the act's id; the dialog waits for `formDone(id)`. */
export function askForm(asked) {
  if (shown !== null && shown.name === asked.name && shown.act) {
    show(asked); // asked again by the answer to this very form
  } else if (shown === null) {
    show(asked);
  } else {
    waiting.push(asked);
  }
}

/** The server has taken an act: if it is the open form's, that is done. */
export function formDone(act) {
  if (shown?.act === act) close();
}

/** The server has not taken an act; returns whether that was the open form's, which then says why and keeps the words. */
export function formFailed(act, why) {
  if (shown?.act !== act) return false;
  shown.act = null;
  say(why);
  setBusy(false);
  return true;
}

/** Show in the open form that its act waits for the connection. */
export function formWaits(isOffline) {
  if (shown?.act) say(isOffline ? text("offline_waiting") : "");
}

function show(asked) {
  shown = { ...asked, act: null };
  const fields = asked.form.fields.map(drawField);
  const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value()]).filter(([, value]) => value.trim()));
  for (const field of fields) if (field.offers) field.offers(typed);
  const form = make(
    "form",
    { novalidate: true, submit: (event) => submit(event, fields) },
    make("p", { class: "as" }, text("form_as", { name: asked.name })),
    make("h2", { id: "form-title" }, asked.form.title),
    ...drawBlocks(asked.intro ?? []),
    make("p", { class: "error summary", role: "alert" }),
    ...fields.map((field) => field.element),
    make(
      "div",
      { class: "row" },
      make("button", { class: "button main", type: "submit" }, text("form_send")),
      make("button", { class: "button plain", type: "button", click: close }, text("cancel")),
    ),
  );
  dialog.lang = asked.language || document.documentElement.lang;
  dialog.dataset.persona = asked.persona ?? "";
  dialog.replaceChildren(form);
  if (!dialog.open) dialog.showModal();
  (dialog.querySelector(".field :is(input, textarea, select)") ?? form.querySelector("button")).focus();
}

function submit(event, fields) {
  event.preventDefault();
  if (shown.act) return;
  const wrong = fields.filter((field) => !field.check());
  if (wrong.length) {
    wrong[0].focus();
    return;
  }
  const values = Object.fromEntries(fields.map((field) => [field.name, field.value()]));
  say("");
  setBusy(true);
  shown.act = shown.send(values);
}

function close() {
  shown = null;
  dialog.close();
  dialog.replaceChildren();
  if (waiting.length) show(waiting.shift());
}

function say(words) {
  dialog.querySelector(".summary").textContent = words;
}

function setBusy(busy) {
  dialog.querySelector("form").setAttribute("aria-busy", busy);
}

function drawField(field) {
  const id = freshId("field");
  const hint = field.hint && make("p", { class: "hint", id: `${id}-hint` }, field.hint);
  const error = make("p", { class: "error", id: `${id}-error` });
  const label = field.required ? [field.label] : [field.label, make("span", { class: "soft" }, ` (${text("optional")})`)];
  const described = { "aria-describedby": `${hint ? `${id}-hint ` : ""}${id}-error`, "aria-required": field.required && "true" };
  const drawn = field.kind === "file" ? drawFile : field.kind === "choice" && field.choices.length <= RADIOS ? drawRadios : drawInput;
  const { element, input, value, problem } = drawn(field, id, label, described, hint, error);
  return {
    name: field.name,
    element,
    value,
    offers: field.offer && ((typed) => offerValues(input(), element, (show) => field.offer(typed(), show))),
    focus: () => input().focus(),
    check() {
      const given = value();
      let wrong = problem?.() ?? "";
      if (wrong) {
        // said beside the field already
      } else if (field.required && !given.trim()) wrong = field.kind === "choice" ? text("error_choice") : text("error_missing");
      else if (given.length > field.longest && field.kind !== "choice") wrong = text("error_long", { longest: field.longest });
      error.textContent = wrong;
      for (const each of element.querySelectorAll("input, textarea, select")) each.setAttribute("aria-invalid", Boolean(wrong));
      return !wrong;
    },
  };
}

function drawInput(field, id, label, described, hint, error) {
  const shared = { id, name: field.name, ...described };
  let input;
  if (field.kind === "choice") {
    const options = field.choices.map((choice) => make("option", { value: choice.value }, choice.label));
    input = make("select", shared, make("option", { value: "" }, text("choose")), ...options);
  } else if (field.kind === "long") {
    input = make("textarea", { ...shared, rows: 4 });
  } else {
    input = make("input", { ...shared, type: "text", autocomplete: "off" });
  }
  input.value = field.value;
  const element = make("div", { class: "field" }, make("label", { for: id }, ...label), hint, input, error);
  return { element, input: () => input, value: () => input.value };
}

/** Offer values for a field while it is typed in; any other may stand in it all the same. */
function offerValues(input, element, ask) {
  const list = make("datalist", { id: freshId("offered") });
  let timer = null;
  const show = (choices) => list.replaceChildren(...choices.map(({ value, label }) => make("option", { value, label: label === value ? null : label })));
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(show), OFFER_AFTER);
  };
  input.setAttribute("list", list.id);
  input.addEventListener("input", soon);
  input.addEventListener("focus", soon, { once: true });
  element.append(list);
}

function drawRadios(field, id, label, described, hint, error) {
  const radios = field.choices.map((choice) => {
    const radio = make("input", { type: "radio", name: id, id: freshId("radio"), value: choice.value, checked: choice.value === field.value });
    return make("div", { class: "radio" }, radio, make("label", { for: radio.id }, choice.label));
  });
  const group = { class: "field", role: "radiogroup", ...described, "aria-labelledby": `${id}-label` };
  const element = make("div", group, make("p", { class: "label", id: `${id}-label` }, ...label), hint, ...radios, error);
  return {
    element,
    input: () => element.querySelector("input:checked") ?? element.querySelector("input"),
    value: () => element.querySelector("input:checked")?.value ?? "",
  };
}
