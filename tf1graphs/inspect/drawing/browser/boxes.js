"use strict";
// The boxes: those of a scope are made when it is unfolded and taken away when it is folded.

const canvas = document.getElementById("canvas");
const MOST_BOXES = 1500;
const COLUMN = 10;  // items of a side column, before the next one begins
const boxes = new Map();
const unfolded = new Set(data.unfolded);
let selected = null;

function make(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// What feeds an item from the side columns of the scopes around it.
const feeding = new Map();
for (const edge of edges) {
  const source = edge.sources.find((number) => items[number].aside);
  if (source === undefined || edge.targets.some((number) => items[number].aside)) continue;
  for (const number of edge.targets) feeding.set(number, (feeding.get(number) || new Set()).add(source));
}

function smallText(item) {
  if (item.layout && (!item.type || item.aside)) return counted(item.ops, data.of);
  if (item.kind === "constant") return data.values[item.number] === undefined ? "" : data.strings[data.values[item.number]];
  return item.type === item.label ? "" : item.type;
}

function build(number) {
  const item = items[number];
  const element = make("div", `box ${item.kind}${item.aside ? " aside" : ""}`);
  element.dataset.item = number;
  element.tabIndex = 0;
  element.title = item.name;
  element.setAttribute("role", "treeitem");
  boxes.set(number, element);
  const head = make("div", "head");
  head.append(make("span", "label", item.label));
  element.append(head);
  if (item.layout) element.setAttribute("aria-expanded", unfolded.has(number));
  if (unfolded.has(number)) {
    element.classList.add("unfolded");
    element.append(inside(item));
  } else {
    const small = smallText(item);
    if (small) head.append(make("span", "small", small));
    const fed = [...(feeding.get(number) || [])].map((source) => items[source].label);
    if (fed.length) head.append(make("span", "small fed", `← ${fed.join(", ")}`));
    if (data.kinds[number]) head.append(bar(number));
  }
  if (number === selected) element.classList.add("selected");
  return element;
}

function inside(item) {
  const {layout} = item, grid = make("div", "grid"), both = make("div", "inside");
  const taken = new Set();
  for (const lines of [layout.trunks, layout.backs]) {
    for (const [, columns] of lines.values()) for (const column of columns) taken.add(column);
  }
  grid.style.gridTemplateColumns = Array.from({length: layout.columns}, (_, column) =>
    `minmax(${taken.has(column) ? 10 : 0}px, auto)`).join(" ");
  for (const [number, [row, column]] of layout.places) {
    const element = build(number);
    element.style.gridArea = `${row + 1} / ${column + 1} / auto / span ${SPAN}`;
    grid.append(element);
  }
  both.setAttribute("role", "group");
  both.append(grid);
  if (layout.aside.length) {
    const side = make("div", "side");
    for (let first = 0; first < layout.aside.length; first += COLUMN) {
      const column = make("div", "column");
      column.append(...layout.aside.slice(first, first + COLUMN).map(build));
      side.append(column);
    }
    both.append(side);
  }
  return both;
}

// What a folded scope holds, in the colours of the kinds.
function bar(number) {
  const element = make("span", "bar");
  for (const [kind, count] of data.kinds[number]) {
    const part = make("i", kind);
    part.style.flexGrow = count;
    element.append(part);
  }
  return element;
}

function forget(element) {
  for (const each of element.querySelectorAll("[data-item]")) boxes.delete(Number(each.dataset.item));
}

// Builds an item anew and keeps it where it was on the screen.
function rebuild(number) {
  const old = boxes.get(number), before = old.getBoundingClientRect();
  const hadFocus = old.contains(document.activeElement);
  forget(old);
  const element = build(number);
  element.style.gridArea = old.style.gridArea;
  old.replaceWith(element);
  drawLines();
  resize();
  const after = element.getBoundingClientRect();
  stage.scrollBy(after.left - before.left, after.top - before.top);
  if (hadFocus) element.focus({preventScroll: true});
}

function setUnfolded(number, isUnfolded) {
  if (!items[number].layout || number === ROOT || unfolded.has(number) === isUnfolded) return;
  if (isUnfolded) unfolded.add(number);
  else unfolded.delete(number);
  rebuild(number);
}

function buildAll() {
  boxes.clear();
  canvas.querySelector("[data-item]")?.remove();
  const element = build(ROOT);
  element.tabIndex = -1;
  canvas.prepend(element);
  drawLines();
  resize();
}

function foldAll() {
  unfolded.clear();
  unfolded.add(ROOT);
  buildAll();
  say("All scopes are folded.");
}

// Outer scopes first, as far as a browser can show them at once.
function unfoldAll() {
  unfolded.clear();
  unfolded.add(ROOT);
  let count = items[ROOT].children.length, left = 0;
  for (const waiting = [ROOT]; waiting.length;) {
    for (const child of items[waiting.shift()].children) {
      if (!items[child].layout) continue;
      if (count + items[child].children.length > MOST_BOXES) {
        left += 1;
        continue;
      }
      count += items[child].children.length;
      unfolded.add(child);
      waiting.push(child);
    }
  }
  buildAll();
  say(left ? `${counted(count, "box", "boxes")} shown; ${counted(left, "scope")} stayed folded.` : "All scopes are unfolded.");
}

function select(number) {
  if (selected !== null) boxes.get(selected)?.classList.remove("selected");
  selected = number;
  boxes.get(number)?.classList.add("selected");
  lightLines();
  showDetails(number);
  history.replaceState(null, "", `#${encodeURIComponent(items[number].name)}`);
}

// Unfolds what is around an item, selects it and brings it into view.
function reveal(number) {
  const folded = chain(number).slice(0, -1).filter((scope) => !unfolded.has(scope));
  folded.forEach((scope) => unfolded.add(scope));
  if (folded.length) rebuild(folded[0]);
  select(number);
  boxes.get(number).scrollIntoView({block: "center", inline: "center"});
  boxes.get(number).focus({preventScroll: true});
}
