// Text is saved as it is typed: <form data-aktsom-draft="address"> posts what changed, two seconds after the last
// key and when the page is left. The answer 204 means saved. A failure is said and tried again, until it is saved.

const PAUSE = 2000;
const AGAIN = 10000;

const TOKEN = "csrfmiddlewaretoken";

const skipped = (field) =>
  !field.name || field.name === TOKEN || field.disabled || ["file", "password", "submit", "button"].includes(field.type);

// After signing in again in another tab the proof of origin is new; the form takes it over and can still be sent.
function token(form) {
  const field = form.elements[TOKEN];
  const fresh = document.cookie.match(/(?:^|; )aktsom_csrf=([^;]+)/);
  if (field && fresh) field.value = fresh[1];
  return field?.value ?? "";
}

function content(form) {
  const pairs = new URLSearchParams();
  for (const field of form.elements) {
    if (skipped(field)) continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    if (field.multiple) for (const option of field.selectedOptions) pairs.append(field.name, option.value);
    else pairs.append(field.name, field.value);
  }
  return pairs;
}

function clock() {
  const now = new Date();
  return `${String(now.getHours()).padStart(2, "0")}.${String(now.getMinutes()).padStart(2, "0")}`;
}

class Draft {
  constructor(form) {
    this.form = form;
    this.note = form.querySelector("[data-aktsom-saved]") ?? document.querySelector("[data-aktsom-saved]");
    this.saved = content(form).toString();
    this.underWay = null;
    this.timer = 0;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("change", () => this.later(PAUSE));
    form.addEventListener("submit", () => this.stop());
    window.addEventListener("pagehide", () => this.save({ leaving: true }));
    document.addEventListener("visibilitychange", () => this.turned());
    window.addEventListener("online", () => this.save({}));
    window.addEventListener("pageshow", () => (this.sent = false));
  }

  turned() {
    token(this.form);
    this.save({ leaving: document.hidden });
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save({}), pause);
  }

  stop() {
    this.sent = true;
    clearTimeout(this.timer);
  }

  async save({ leaving = false }) {
    const body = content(this.form);
    if (this.sent || [this.saved, this.underWay].includes(body.toString())) return;
    clearTimeout(this.timer);
    this.underWay = body.toString();
    try {
      const answer = await fetch(this.form.dataset.aktsomDraft, {
        method: "POST",
        body,
        keepalive: leaving,
        redirect: "manual",
        headers: {
          "X-CSRFToken": token(this.form),
          "X-Requested-With": "draft",
          "X-Page": encodeURIComponent(location.pathname + location.search),
          "X-Page-Title": encodeURIComponent(document.title.slice(0, 140)),
        },
      });
      if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) this.say("failed", this.note?.dataset.signedOut);
      else if (!answer.ok) throw new Error(String(answer.status));
      else this.remember(body);
    } catch {
      this.say("failed", this.note?.dataset.failed);
      this.later(AGAIN);
    } finally {
      this.underWay = null;
    }
  }

  remember(body) {
    this.saved = body.toString();
    this.say("saved", this.note?.dataset.saved.replace("KLOKKEN", clock()));
  }

  say(state, text) {
    if (!this.note || !text) return;
    this.note.dataset.state = state;
    this.note.textContent = text;
  }
}

const started = new WeakSet();
function start(root) {
  for (const form of root.querySelectorAll("form[data-aktsom-draft]")) {
    if (!started.has(form)) new Draft(form);
    started.add(form);
  }
}

start(document);
document.addEventListener("htmx:load", (event) => start(event.target.parentElement ?? document));
