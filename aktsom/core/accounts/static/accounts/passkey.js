// Passkeys: the form is shown only where the browser knows them. What the device answers is put in the form and sent.
// <form data-aktsom-passkey="add | use | enter" data-options="JSON from the server">

const { webauthnJSON } = window;

function wishes(form, options) {
  if (form.dataset.aktsomPasskey !== "add") return options;
  const alone = form.elements.passwordless?.checked ?? false;
  const selection = { ...options.publicKey.authenticatorSelection, requireResidentKey: alone, residentKey: alone ? "required" : "discouraged" };
  if (alone) selection.userVerification = "required";
  return { ...options, publicKey: { ...options.publicKey, authenticatorSelection: selection } };
}

async function optionsOf(form) {
  if (form.dataset.aktsomPasskey !== "enter") return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function ask(form) {
  const sent = await optionsOf(form);
  if (form.dataset.aktsomPasskey === "add") return webauthnJSON.create(wishes(form, sent.creation_options));
  return webauthnJSON.get(sent.request_options);
}

async function send(form) {
  const note = form.querySelector("[data-aktsom-passkey-note]");
  note.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify(await ask(form));
    form.submit();
  } catch {
    note.textContent = note.dataset.failed;
  }
}

if (webauthnJSON?.supported()) {
  for (const form of document.querySelectorAll("form[data-aktsom-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }
}
