// A field for a text file: chosen, or its text pasted. What is no text, or too large, is said at once and never sent.

import { make } from "./make.js";
import { text } from "./texts.js";

const LARGEST = 1024 * 1024; // bytes
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f]/;

export function drawFile(field, id, label, described, hint, error) {
  let chosen = null; // the text of a chosen file, as it is in the file
  let wrong = "";
  const picker = make("input", { type: "file", id: `${id}-file`, ...described });
  const area = make("textarea", { id, name: field.name, rows: 4, maxlength: field.longest });
  const told = make("p", { class: "soft", role: "status" });
  area.value = field.value;

  const say = (problem) => {
    wrong = problem;
    error.textContent = problem;
    picker.setAttribute("aria-invalid", Boolean(problem));
  };
  picker.addEventListener("change", async () => {
    const [file] = picker.files;
    chosen = null;
    told.textContent = "";
    say("");
    if (!file) return;
    if (file.size > LARGEST) return say(text("error_file_large"));
    const read = asText(await file.arrayBuffer());
    if (read === null) return say(text("error_file_not_text"));
    chosen = read;
    area.value = "";
    told.textContent = text("file_picked", { name: file.name });
  });
  area.addEventListener("input", () => {
    chosen = null;
    picker.value = "";
    told.textContent = "";
    say("");
  });

  const element = make(
    "div",
    { class: "field", role: "group", "aria-labelledby": `${id}-label` },
    make("p", { class: "label", id: `${id}-label` }, ...label),
    hint,
    make("label", { for: picker.id, class: "soft" }, text("file_pick")),
    picker,
    told,
    make("label", { for: id, class: "soft" }, text("file_paste")),
    area,
    error,
  );
  return { element, input: () => picker, value: () => chosen ?? area.value, problem: () => wrong };
}

/** Return bytes as text without a byte order mark; null when they are no text. */
function asText(bytes) {
  try {
    const read = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return NO_TEXT.test(read) ? null : read;
  } catch {
    return null;
  }
}
