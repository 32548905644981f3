"""getUpdates with long polling, and the webhook: setWebhook, deleteWebhook, getWebhookInfo, and the thread that posts.

The caller holds the lock; long polling waits on it, which lets the others in.  All times are seconds.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.standin import limits
from tests.standin.refusal import Refused, bad
from tests.standin.state import PATIENCE, Json, State, Update, Webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST = 50  # seconds of one long poll
RETRY = 0.1  # seconds until a refused update is posted again
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def get_updates(state: State, params: Json) -> list[Json]:
    """getUpdates: waits up to ``timeout`` s; an update is taken off once a later offset confirms it."""
    if state.webhook.url:
        raise Refused(409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete it first")
    state.poll += 1
    mine = state.poll
    _choose_kinds(state, params)
    state.changed.notify_all()  # the older poll, if there is one, is told to stop
    offset, limit = params.get("offset", 0), params.get("limit", 100)
    if offset < 0:
        for update in state.waiting()[:offset]:
            state.updates.remove(update)
    for update in [one for one in state.updates if one.given and one.id < offset]:
        state.confirm(update)
    end = time.monotonic() + min(params.get("timeout", 0), LONGEST)
    while True:
        found = state.waiting()[: max(1, min(limit, 100))]
        left = end - time.monotonic()
        if found or left <= 0 or state.stopping:
            break
        state.changed.wait(min([left, *(max(one.ready - time.monotonic(), 0.001) for one in state.updates)]))
        if state.poll != mine:
            raise Refused(
                409, "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
    for update in found:
        _given(update)
    return [update.json() for update in found]


def _given(update: Update) -> None:
    update.given += 1
    update.given_at = update.given_at or time.monotonic()


def _choose_kinds(state: State, params: Json) -> None:
    if "allowed_updates" in params:
        state.allowed = set(params["allowed_updates"]) or None


def set_webhook(state: State, params: Json) -> bool:
    """setWebhook: https, or http on loopback"""
    url, secret = params["url"], params.get("secret_token")
    parts = urlsplit(url)
    if url and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if url and parts.hostname not in LOOPBACK and (parts.port or 443) not in {443, 80, 88, 8443}:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret is not None and not limits.SECRET.match(secret):
        raise bad("secret token contains unallowed characters")
    limits.within("max_connections", params.get("max_connections", 40), 1, 100)
    _choose_kinds(state, params)
    if params.get("drop_pending_updates"):
        state.updates.clear()
    state.webhook = Webhook(url, secret, params.get("max_connections", 40))
    state.poll += 1
    return True


def delete_webhook(state: State, params: Json) -> bool:
    """deleteWebhook"""
    return set_webhook(state, {"url": "", "drop_pending_updates": params.get("drop_pending_updates", False)})


def get_webhook_info(state: State, params: Json) -> Json:
    """getWebhookInfo"""
    hook = state.webhook
    shown: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(state.updates)}
    if hook.url:
        shown |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error:
        shown |= {"last_error_message": hook.last_error, "last_error_date": hook.last_error_date}
    if state.allowed:
        shown["allowed_updates"] = sorted(state.allowed)
    return shown


class Deliverer:
    """Posts waiting updates to the webhook, several at a time, again after a refusal."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.thread: threading.Thread | None = None
        self.flying: set[int] = set()

    def start(self) -> None:
        """Start once there is a webhook; the caller holds the lock."""
        if self.thread is None and self.state.webhook.url and not self.state.stopping:
            self.thread = threading.Thread(target=self._run, name="standin-webhook", daemon=True)
            self.thread.start()

    def stop(self) -> None:
        """Wait for the posts under way; ``state.stopping`` is set."""
        if self.thread is not None:
            self.thread.join()

    def _run(self) -> None:
        with ThreadPoolExecutor(16, "standin-post") as pool:
            while True:
                with self.state.changed:
                    while not (found := self._next()) and not self.state.stopping:
                        self.state.changed.wait(0.05)
                    if self.state.stopping:
                        return
                for update in found:
                    pool.submit(self._deliver, update)

    def _next(self) -> list[Update]:
        hook = self.state.webhook
        if not hook.url or hook.url.startswith("https:"):
            return []
        free = hook.max_connections - len(self.flying)
        found = [update for update in self.state.waiting() if id(update) not in self.flying][: max(free, 0)]
        self.flying.update(id(update) for update in found)
        return found

    def _deliver(self, update: Update) -> None:
        with self.state.changed:
            _given(update)
            secret = self.state.webhook.secret
        status = self.post(update.json(), secret)
        with self.state.changed:
            self.flying.discard(id(update))
            if 200 <= status < 300:
                self.state.confirm(update)
            else:
                update.ready = time.monotonic() + RETRY
                self.state.webhook.last_error = f"Wrong response from the webhook: {status}"
                self.state.webhook.last_error_date = int(time.time())
            self.state.changed.notify_all()

    def post(self, update: Json, secret: str | None) -> int:
        """Post one update with this secret; the status, 0 where nobody answers.  The caller does not hold the lock."""
        parts = urlsplit(self.state.webhook.url)
        connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", **({SECRET_HEADER: secret} if secret is not None else {})}
        try:
            connection.request("POST", parts.path or "/", json.dumps(update).encode(), headers)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()
