"use strict";
// What the user does.

const stage = document.getElementById("stage");
const sizer = document.getElementById("sizer");
const PADDING = 32;  // of the stage, on both sides
let zoom = 1;

function resize() {
  sizer.style.width = `${canvas.offsetWidth * zoom}px`;
  sizer.style.height = `${canvas.offsetHeight * zoom}px`;
}

function setZoom(next) {
  const middle = [stage.scrollLeft + stage.clientWidth / 2, stage.scrollTop + stage.clientHeight / 2];
  const change = Math.min(4, Math.max(0.05, next)) / zoom;
  zoom *= change;
  canvas.style.transform = `scale(${zoom})`;
  resize();
  stage.scrollTo(middle[0] * change - stage.clientWidth / 2, middle[1] * change - stage.clientHeight / 2);
}

function fit() {
  const across = (stage.clientWidth - PADDING) / canvas.offsetWidth;
  setZoom(Math.min(1, across, (stage.clientHeight - PADDING) / canvas.offsetHeight));
}

function toggle(number) {
  select(number);
  setUnfolded(number, !unfolded.has(number));
}

const itemOf = (element) => Number(element.dataset.item);

canvas.addEventListener("click", (event) => {
  const box = event.target.closest("[data-item]");
  if (!box || itemOf(box) === ROOT) return;
  // Between the boxes of an unfolded scope a click selects it; on its name it folds it.
  if (event.target.closest(".head")) toggle(itemOf(box));
  else select(itemOf(box));
});

function step(box, by) {
  const all = [...canvas.querySelectorAll('[tabindex="0"]')];
  all[all.indexOf(box) + by]?.focus();
}

const KEYS = {
  Enter: (box) => toggle(itemOf(box)),
  " ": (box) => toggle(itemOf(box)),
  ArrowDown: (box) => step(box, 1),
  ArrowUp: (box) => step(box, -1),
  ArrowRight: (box) => (unfolded.has(itemOf(box)) ? step(box, 1) : setUnfolded(itemOf(box), true)),
  ArrowLeft: (box) => (unfolded.has(itemOf(box)) ? setUnfolded(itemOf(box), false)
    : box.parentElement.closest('[tabindex="0"]')?.focus()),
};

canvas.addEventListener("keydown", (event) => {
  const box = event.target.closest("[data-item]");
  if (!box || !KEYS[event.key] || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  KEYS[event.key](box);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") endSearch();
  if (event.target === query || event.ctrlKey || event.metaKey) return;
  if (event.key === "/") {
    event.preventDefault();
    query.focus();
  } else if (event.key === "+") setZoom(zoom * 1.25);
  else if (event.key === "-") setZoom(zoom / 1.25);
});

stage.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  setZoom(zoom * Math.exp(-event.deltaY / 300));
}, {passive: false});

const BUTTONS = {
  "unfold-all": unfoldAll,
  "fold-all": foldAll,
  "zoom-in": () => setZoom(zoom * 1.25),
  "zoom-out": () => setZoom(zoom / 1.25),
  fit,
  theme: () => {
    const {dataset} = document.documentElement, prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
    dataset.theme = (dataset.theme || (prefersDark ? "dark" : "light")) === "dark" ? "light" : "dark";
  },
};
for (const [id, action] of Object.entries(BUTTONS)) document.getElementById(id).addEventListener("click", action);

query.addEventListener("input", search);
query.addEventListener("focus", search);
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter") results.querySelector("button")?.click();
  if (event.key === "ArrowDown") results.querySelector("button")?.focus();
});
results.addEventListener("keydown", (event) => {
  const row = document.activeElement.closest("li");
  const next = {ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling}[event.key];
  if (!next) return;
  event.preventDefault();
  next.querySelector("button")?.focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#search") || event.target.closest("#results button")) endSearch();
});

function followHash() {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    return;
  }
  if (byName.has(name)) reveal(byName.get(name));
}

window.addEventListener("hashchange", followHash);
// What is too large begins at a size that can still be read.
function begin() {
  buildAll();
  setZoom(Math.min(1, Math.max(0.6, (stage.clientWidth - PADDING) / canvas.offsetWidth)));
  stage.scrollTo((sizer.offsetWidth - stage.clientWidth) / 2, 0);
  followHash();
}

begin();
