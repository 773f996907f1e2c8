// On every page: focus on what is missing, and one press sends once. Nothing here is needed; it only helps.

const summary = document.querySelector("[data-aktsom-focus]");
if (summary) summary.focus();

document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.("[data-aktsom-focus]")?.focus();
});

// Tabs on one line: the one that is open is in sight.
const openTab = document.querySelector(".aktsom-tabs [aria-current]");
if (openTab) {
  const line = openTab.closest("ul");
  line.scrollLeft = openTab.offsetLeft - line.offsetLeft - (line.clientWidth - openTab.offsetWidth) / 2;
}

// A link in the summary of what is missing goes to the field and puts the cursor there.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".aktsom-error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  (field.closest(".aktsom-field") ?? field).scrollIntoView({ block: "start" });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.aktsomSent) {
    event.preventDefault();
    return;
  }
  form.dataset.aktsomSent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Who signs out leaves nothing in the browser. The answer asks the browser for the same; not every browser listens.
document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/logout/")) return;
  window.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
  window.indexedDB?.databases?.().then((all) => all.forEach((one) => indexedDB.deleteDatabase(one.name)));
  navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister()));
});

// The page to write on without network is locked to whoever opened it. Whoever comes to sign in can be another person.
if (document.querySelector("form[action$='/login/']")) {
  window.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
}

// The back button shows the page as it was left: let it be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-aktsom-sent]")) delete form.dataset.aktsomSent;
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});
document.addEventListener("htmx:afterRequest", (event) => {
  delete event.target.closest?.("form")?.dataset.aktsomSent;
});

// Paper is light, also when the screen is dark.
const scheme = document.documentElement.dataset.colorScheme;
window.addEventListener("beforeprint", () => (document.documentElement.dataset.colorScheme = "light"));
window.addEventListener("afterprint", () => (document.documentElement.dataset.colorScheme = scheme));
