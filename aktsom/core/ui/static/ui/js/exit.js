// «Forlat siden raskt»: empties the page at once and takes its place in the browser's history.
// The link works without this file; then the page stays in the history. Escape twice does the same as the link.

const link = document.querySelector("[data-aktsom-exit]");
const WITHIN = 1500;
let pressed = 0;

function leave() {
  document.title = " ";
  document.body.replaceChildren();
  window.location.replace(link.href);
}

if (link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - pressed < WITHIN) leave();
    pressed = event.timeStamp;
  });
}
