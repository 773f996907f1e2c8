// Pictures are shown before they are sent. The server shows them again afterwards; this only saves a look.

function show(input) {
  const place = document.getElementById(input.dataset.aktsomPreview);
  if (!place) return;
  for (const image of place.querySelectorAll("img")) URL.revokeObjectURL(image.src);
  place.replaceChildren();
  for (const file of input.files) {
    if (!file.type.startsWith("image/")) continue;
    const figure = document.createElement("figure");
    const image = document.createElement("img");
    image.width = 160;
    image.height = 120;
    image.alt = "";
    image.src = URL.createObjectURL(file);
    const name = document.createElement("figcaption");
    name.textContent = file.name;
    figure.append(image, name);
    place.append(figure);
  }
  place.hidden = place.childElementCount === 0;
}

document.addEventListener("change", (event) => {
  if (event.target.matches?.("input[type=file][data-aktsom-preview]")) show(event.target);
});
