// Answers put into the page they are asked on.  Without this script every form and link is a page of its own.
"use strict";

const FRAGMENT = { "x-fragment": "1" };
const LOST = "连不上服务器，请稍后再试";
const log = document.getElementById("log");

async function fetched(address, options) {
  const response = await fetch(address, { ...options, headers: FRAGMENT, credentials: "same-origin", redirect: "error" });
  const made = document.createElement("template");
  made.innerHTML = await response.text();
  return { ok: response.ok, body: made.content, line: made.content.textContent.trim() };
}

function tell(form, line) {
  const place = (form && form.querySelector(".problem")) || document.querySelector("form.ask .problem");
  if (place) place.textContent = line;
}

function goOnFrom(base) {
  for (const field of document.querySelectorAll("form.ask input[name=from]")) field.value = base;
}

function ready(part) {
  for (const button of part.querySelectorAll("[data-copy]")) button.hidden = false;
}

function show(element) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

async function ask(form) {
  const button = form.querySelector("button");
  const body = new URLSearchParams(new FormData(form));
  button.disabled = true;
  log.setAttribute("aria-busy", "true");
  tell(form, "");
  try {
    const found = await fetched(form.action, { method: "POST", body });
    const article = found.body.querySelector("article");
    if (!found.ok || !article) { tell(form, found.line || LOST); return; }
    ready(article);
    log.append(article);
    goOnFrom(article.querySelector(".answer").dataset.base);
    const field = document.querySelector("#question");
    if (field) { field.value = ""; field.focus({ preventScroll: true }); }
    const label = document.querySelector("label[for=question]");
    if (label) label.textContent = label.dataset.next;
    const welcome = document.querySelector(".welcome");
    if (welcome) welcome.remove();
    show(article);
  } catch {
    tell(form, LOST);
  } finally {
    button.disabled = false;
    log.removeAttribute("aria-busy");
  }
}

async function swap(link) {
  const old = link.closest(".answer");
  try {
    const found = await fetched(link.href, {});
    const fresh = found.body.querySelector(".answer");
    if (!found.ok || !fresh) { tell(null, found.line || LOST); return; }
    ready(fresh);
    old.replaceWith(fresh);
    goOnFrom(fresh.dataset.base);
    tell(null, "");
    const title = fresh.querySelector(".title");
    if (title) title.focus({ preventScroll: true });
    show(fresh.closest("article") || fresh);
  } catch {
    tell(null, LOST);
  }
}

async function copy(button) {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "off";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  const before = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = before; }, 2000);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-ask]");
  if (!form || !log) return;
  event.preventDefault();
  ask(form);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) { copy(button); return; }
  const link = event.target.closest("a[data-swap]");
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !plain || !link.closest(".answer")) return;
  event.preventDefault();
  swap(link);
});

ready(document);
