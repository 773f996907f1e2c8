// A report written without network: kept on the device by choice, locked to the one who is signed in, taken out again and
// sent by her when there is network. The page says the words; this file only moves them. Nothing is sent by itself.

const STORE = "aktsom-uten-nett";
const CACHE = "aktsom-uten-nett-1";
const DAY = 24 * 60 * 60 * 1000;
const SENDING = "aktsom-sending"; // in this tab: which filling in was sent last
const NOT_KEPT = ["csrfmiddlewaretoken", "sending", "carried", "drop", "names_chosen"];
const HERE = "serviceWorker" in navigator && "indexedDB" in window && !!window.crypto?.subtle;

// --- What is kept, and for how long

function opened() {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(STORE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "token" });
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => failed(opening.error);
  });
}

async function store(deed) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const change = database.transaction("kept", "readwrite");
      const asked = deed(change.objectStore("kept"));
      change.oncomplete = () => done(asked.result);
      change.onabort = () => failed(change.error);
    });
  } finally {
    database.close();
  }
}

const forget = (token) => store((rows) => rows.delete(token));

async function keptFor(lock) {
  const all = await store((rows) => rows.getAll());
  for (const old of all.filter((row) => row.at < Date.now() - DAY)) await forget(old.token);
  return all.filter((row) => row.at >= Date.now() - DAY && row.lock === lock).sort((one, other) => one.at - other.at);
}

// --- Locked to one account: this device can close it and never open it

const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const textOf = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

async function locked(lock, token, fields) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", bytesOf(lock), curve, false, []);
  const own = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const from = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("aktsom uten nett") };
  const key = await crypto.subtle.deriveKey(from, base, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const bound = { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(token) };
  const text = await crypto.subtle.encrypt(bound, key, new TextEncoder().encode(JSON.stringify(fields)));
  return { one_time: textOf(await crypto.subtle.exportKey("raw", own.publicKey)), nonce: textOf(nonce), text: textOf(text) };
}

function written(form) {
  const fields = {};
  for (const field of form.elements) {
    if (!field.name || NOT_KEPT.includes(field.name) || ["file", "submit", "button"].includes(field.type)) continue;
    if (["radio", "checkbox"].includes(field.type) && !field.checked) continue;
    (fields[field.name] ??= []).push(field.value);
  }
  return fields;
}

const two = (number) => String(number).padStart(2, "0");
const dayOf = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const clockOf = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;

async function keep(form, lock, token) {
  const at = new Date();
  const fields = written(form);
  if (!fields.noticed_clock?.[0]) Object.assign(fields, { noticed_on: fields.noticed_on ?? [dayOf(at)], noticed_clock: [clockOf(at)] });
  const row = { token, lock, at: at.getTime(), ...(await locked(lock, token, fields)) };
  await store((rows) => rows.put(row));
}

function show(element, is = true) {
  if (element) element.hidden = !is;
}

function tell(element, at) {
  const place = element.querySelector("[data-when]");
  if (place) place.textContent = `${at.getDate()}.${at.getMonth() + 1}. kl. ${clockOf(at).replace(":", ".")}`;
  show(element);
}

// --- The form everybody uses when there is network: it makes the device ready, and takes out what was kept

async function makeReady(place) {
  await navigator.serviceWorker.register(place.dataset.worker, { scope: "/" });
  const answer = await fetch(place.dataset.page, { redirect: "error", cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.clone().text(), "text/html");
  const drawn = page.querySelectorAll("link[rel=stylesheet], link[rel=preload], link[rel=icon], script[src]");
  const cache = await caches.open(CACHE);
  await cache.addAll([...new Set([...drawn].map((one) => one.getAttribute("href") ?? one.getAttribute("src")))]);
  await cache.put(place.dataset.page, answer);
  await navigator.serviceWorker.ready;
  place.dataset.ready = "yes";
}

function fill(form, fields) {
  for (const [name, values] of Object.entries(fields)) {
    const found = form.elements[name];
    if (!found) continue;
    const several = found instanceof RadioNodeList ? [...found] : [found];
    for (const field of several) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
      field.closest("details:not([open])")?.setAttribute("open", "");
    }
  }
  form.dispatchEvent(new Event("input"));
}

async function takeOut(place, form, row) {
  const body = new URLSearchParams({ token: row.token, one_time: row.one_time, nonce: row.nonce, text: row.text });
  const token = form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(place.dataset.open, { method: "POST", body, headers: { "X-CSRFToken": token }, redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  fill(form, await answer.json());
  form.elements.sending.value = row.token;
}

async function offer(place, form) {
  const waiting = (await keptFor(place.dataset.lock)).filter((row) => row.token !== form.elements.sending.value);
  const box = place.querySelector("[data-waiting]");
  const row = waiting[0];
  show(box, !!row);
  if (!row) return;
  tell(box, new Date(row.at));
  box.querySelector("[data-take]").onclick = async () => {
    try {
      await takeOut(place, form, row);
      show(box, false);
      show(place.querySelector("[data-taken]"));
      form.elements.what_happened.focus();
    } catch {
      show(place.querySelector("[data-failed]"));
    }
  };
  box.querySelector("[data-drop]").onclick = async () => {
    await forget(row.token);
    await offer(place, form);
  };
}

async function onReport(place) {
  const form = document.querySelector("form[data-aktsom-draft]");
  const lost = place.querySelector("[data-lost]");
  const state = () => show(lost, !navigator.onLine);
  addEventListener("offline", state);
  addEventListener("online", state);
  form.addEventListener("submit", (event) => {
    sessionStorage.setItem(SENDING, form.elements.sending.value);
    if (navigator.onLine) return;
    event.preventDefault();
    state();
    lost.scrollIntoView({ block: "start" });
    lost.querySelector("button").focus();
  });
  lost.querySelector("[data-keep]").onclick = async () => {
    await keep(form, place.dataset.lock, form.elements.sending.value);
    tell(lost.querySelector("[data-kept]"), new Date());
  };
  state();
  if (!navigator.onLine) return;
  await offer(place, form);
  await makeReady(place);
}

// --- The page without network

async function onPage(place) {
  const form = place.querySelector("form");
  const list = place.querySelector("[data-list]");
  const missing = place.querySelector("[data-missing]");
  const state = () => {
    show(place.querySelector("[data-away]"), !navigator.onLine);
    show(place.querySelector("[data-back]"), navigator.onLine);
  };
  const count = async () => {
    const rows = await keptFor(place.dataset.lock);
    const shown = rows.map((row) => {
      const line = place.querySelector("template").content.firstElementChild.cloneNode(true);
      tell(line, new Date(row.at));
      line.querySelector("button").onclick = async () => {
        await forget(row.token);
        await count();
      };
      return line;
    });
    list.replaceChildren(...shown);
    show(place.querySelector("[data-waiting]"), rows.length > 0);
  };
  addEventListener("offline", state);
  addEventListener("online", state);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const empty = !form.elements.what_happened.value.trim();
    show(missing, empty);
    if (empty) {
      form.elements.what_happened.focus();
      return;
    }
    await keep(form, place.dataset.lock, textOf(crypto.getRandomValues(new Uint8Array(18))));
    form.reset();
    await count();
    place.querySelector("[data-waiting]").scrollIntoView({ block: "start" });
  });
  show(form);
  show(place.querySelector("[data-cannot]"), false);
  state();
  await count();
}

// --- Received: what this tab sent is kept no longer

async function onReceived() {
  const token = sessionStorage.getItem(SENDING);
  sessionStorage.removeItem(SENDING);
  if (token) await forget(token);
}

const report = document.querySelector("[data-aktsom-offline-report]");
const page = document.querySelector("[data-aktsom-offline-page]");
if (HERE && report) onReport(report).catch(() => {}); // without it everything is as on any other page
if (HERE && page) onPage(page);
if (HERE && document.querySelector("[data-aktsom-received]")) onReceived().catch(() => {});
