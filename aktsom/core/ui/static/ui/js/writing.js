// Help while writing: looks for initials, diagnoses, other people's names and judging words, here in the browser only.
// Nothing is sent anywhere. A mark is a question; it never stops anybody from saving.

import { DIAGNOSES, INITIALS, JUDGING, NAMES } from "./writing-words.js";

const WAIT = 500; // milliseconds after the last key
const MOST = 6; // marks shown at once
const WORD = /[\p{L}\p{M}][\p{L}\p{M}'’-]*/gu;

const WHO = ["pupils", "accused", "told_by", "about", "other_pupil", "name"]; // fields that ask for a name

function known(form) {
  const written = WHO.map((field) => form.elements[field]?.value ?? "");
  const said = [form.dataset.aktsomNames || "", ...written].join(" ").split(/[\s,;]+/u).map((name) => name.toLocaleLowerCase("nb"));
  return new Set(said.filter(Boolean));
}

function startsSentence(text, at) {
  return /(^|[.!?:;\n«"(–-])\s*$/u.test(text.slice(0, at));
}

function isName(word) {
  return word.length > 2 && /^\p{Lu}\p{Ll}/u.test(word) && !NAMES.allowed.includes(word);
}

function adviceFor(word, text, at, names) {
  const lower = word.toLocaleLowerCase("nb");
  if (DIAGNOSES.stems.some((stem) => lower.startsWith(stem))) return DIAGNOSES.advice;
  if (JUDGING.stems.some((stem) => lower === stem || (stem.length > 4 && lower.startsWith(stem)))) return JUDGING.advice;
  if (/^\p{Lu}{2,3}$/u.test(word) && !INITIALS.allowed.includes(word)) return INITIALS.advice;
  const base = lower.replace(/['’]?s$/u, "");
  if (isName(word) && !startsSentence(text, at) && !names.has(lower) && !names.has(base)) return NAMES.advice;
  return "";
}

export function marks(text, names) {
  const found = [];
  const seen = new Set();
  for (const match of text.matchAll(/(?<![\p{L}\p{M}])\p{Lu}\.(?:\s?\p{Lu}\.)+/gu)) {
    found.push({ at: match.index, word: match[0], advice: INITIALS.advice });
  }
  for (const match of text.matchAll(WORD)) {
    const advice = adviceFor(match[0], text, match.index, names);
    if (!advice || seen.has(match[0])) continue;
    seen.add(match[0]);
    found.push({ at: match.index, word: match[0], advice });
  }
  return found.sort((one, other) => one.at - other.at).slice(0, MOST);
}

function line(area, mark) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ds-button aktsom-writing__word";
  button.dataset.variant = "tertiary";
  button.dataset.size = "sm";
  button.textContent = `«${mark.word}»`;
  button.addEventListener("click", () => {
    area.focus();
    area.setSelectionRange(mark.at, mark.at + mark.word.length);
  });
  const advice = document.createElement("span");
  advice.textContent = mark.advice;
  item.append(button, advice);
  return item;
}

function look(area, place, names) {
  const found = marks(area.value, names);
  place.hidden = found.length === 0;
  const list = document.createElement("ul");
  list.append(...found.map((mark) => line(area, mark)));
  const title = document.createElement("p");
  title.textContent = "Les over dette. Du bestemmer selv, og ingenting er sendt.";
  place.replaceChildren(title, list);
}

for (const form of document.querySelectorAll("form[data-aktsom-writing]")) {
  for (const area of form.querySelectorAll("textarea")) {
    const place = document.createElement("div");
    place.className = "aktsom-writing";
    place.setAttribute("role", "status");
    place.hidden = true;
    area.insertAdjacentElement("afterend", place);
    let waiting = 0;
    area.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => look(area, place, known(form)), WAIT);
    });
    if (area.value) look(area, place, known(form));
  }
}
