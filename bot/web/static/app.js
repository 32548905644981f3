// What Telegram opens: brings the init data (it stands behind the # of the address) to the server, then goes on.
"use strict";

const state = document.getElementById("state");

function tellTelegram(event) {
  if (window.TelegramWebviewProxy) window.TelegramWebviewProxy.postEvent(event, "{}");
  else if (window.parent !== window) window.parent.postMessage(JSON.stringify({ eventType: event, eventData: {} }), "https://web.telegram.org");
}

function refuse(line) {
  state.textContent = line;
  document.getElementById("login").hidden = false;
}

async function enter() {
  const given = new URLSearchParams(window.location.hash.slice(1)).get("tgWebAppData");
  if (!given) { refuse("这一页要从 Telegram 里的按钮打开。"); return; }
  tellTelegram("web_app_ready");
  tellTelegram("web_app_expand");
  const body = new URLSearchParams({ init_data: given, to: state.dataset.to });
  try {
    const response = await fetch("/app/enter", { method: "POST", body, credentials: "same-origin", redirect: "error" });
    const found = await response.json();
    if (response.ok && found.to.startsWith("/") && !found.to.startsWith("//")) {
      window.location.replace(found.to.startsWith("/text/") ? found.to + "#lit" : found.to);
    } else {
      refuse(found.line || "打不开，请稍后再试。");
    }
  } catch {
    refuse("连不上服务器，请稍后再试。");
  }
}

enter();
