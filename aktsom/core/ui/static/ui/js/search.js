// A long list to choose from gets a field to search in. Without this the list itself is there, in order.

const folded = (text) => text.toLocaleLowerCase("nb").normalize("NFD").replace(/\p{M}/gu, "");
const words = (text) => folded(text).split(/\s+/).filter(Boolean);
const fits = (text, wanted) => wanted.every((word) => folded(text).includes(word));

function searchField(list) {
  const id = `${list.id}-search`;
  const label = document.createElement("label");
  label.className = "ds-label aktsom-search__label";
  label.htmlFor = id;
  label.textContent = list.dataset.aktsomSearch;
  const input = document.createElement("input");
  input.className = "ds-input";
  input.type = "search";
  input.id = id;
  input.autocomplete = "off";
  const found = document.createElement("p");
  found.className = "aktsom-subtle aktsom-search__found";
  found.setAttribute("role", "status");
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // searching is not sending
    (list.matches("select") ? list : list.querySelector(".aktsom-option:not([hidden]) input"))?.focus();
  });
  return { label, input, found };
}

function say(list, found, wanted, count) {
  found.textContent = !wanted.length ? "" : count ? `${list.dataset.aktsomFound} ${count}` : list.dataset.aktsomNobody;
}

function searchSelect(list) {
  const { label, input, found } = searchField(list);
  const all = [...list.options];
  input.addEventListener("input", () => {
    const wanted = words(input.value);
    const matches = all.filter((option) => option.value && fits(option.text, wanted));
    const chosen = list.value;
    list.replaceChildren(...all.filter((option) => !option.value || option.value === chosen || matches.includes(option)));
    if (wanted.length && matches.length) list.size = Math.min(6, list.options.length);
    else list.removeAttribute("size");
    list.value = wanted.length && matches.length === 1 ? matches[0].value : chosen;
    if (list.value !== chosen) list.dispatchEvent(new Event("input", { bubbles: true }));
    say(list, found, wanted, matches.length);
  });
  list.before(label, input, found);
}

function searchOptions(list) {
  const { label, input, found } = searchField(list);
  const all = [...list.querySelectorAll(".aktsom-option")];
  input.addEventListener("input", () => {
    const wanted = words(input.value);
    let count = 0;
    for (const option of all) {
      const match = fits(option.textContent, wanted);
      count += match;
      option.hidden = !match && !option.querySelector("input").checked;
    }
    say(list, found, wanted, count);
  });
  all[0].before(label, input, found);
}

for (const list of document.querySelectorAll("[data-aktsom-search]")) {
  if (list.matches("select")) searchSelect(list);
  else searchOptions(list);
}
