"""What the stand-in answers instead of a result: a code and a text, as in ``400 Bad Request: chat not found``."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A call not carried out; ``code`` is also the HTTP status, ``parameters`` e.g. retry_after."""

    def __init__(self, code: int, text: str, **parameters: Any) -> None:
        kind = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 500: "Internal Server Error"}.get(code)
        self.code = code
        self.text = f"{kind}: {text}" if kind and text else text or str(kind)
        self.parameters = parameters
        super().__init__(f"{code} {self.text}")

    def body(self) -> dict[str, Any]:
        """The JSON object Telegram sends with an error."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.text}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad(text: str) -> Refused:
    """400 Bad Request."""
    return Refused(400, text)


def forbidden(text: str) -> Refused:
    """403 Forbidden."""
    return Refused(403, text)
