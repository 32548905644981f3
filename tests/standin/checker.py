"""Calls against the published list of methods and types (``api.min.json``), else against a short built-in list.

``Checker(path).params("sendMessage", {"chat_id": "7", "text": "你好"})`` gives ``{"chat_id": 7, "text": "你好"}``.
Unknown methods are 404; unknown parameters, missing required ones and values of the wrong type are 400, at any depth.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.standin.builtin import BUILT_IN, Field
from tests.standin.form import Upload, attached
from tests.standin.refusal import Refused, bad
from tests.standin.state import Json

CONSTANT = re.compile(r"must be (?:one of )?[“\"*]?([a-z0-9_]+)[”\"*]?\Z")


class Checker:
    """Reads the list once; see the module."""

    def __init__(self, path: Path | None = None) -> None:
        listed = _read(path) if path is not None and path.is_file() else None
        self.complete = listed is not None
        self.methods, self.types, self.subtypes = listed or (BUILT_IN, {}, {})

    def params(self, method: str, given: Json) -> Json:
        """The parameters as values of their types; raises ``Refused``."""
        fields = self.methods.get(method)
        if fields is None:
            raise Refused(404, "Not Found")
        files = {name: value for name, value in given.items() if isinstance(value, Upload) and name not in fields}
        found: Json = {}
        for name, value in given.items():
            if isinstance(value, Upload) and name not in fields:
                continue
            if name not in fields:
                raise bad(f'unknown parameter "{name}" of {method} (stand-in)')
            typed = attached(_typed(name, value, fields[name].types), files)
            self.value(name, typed, fields[name].types)
            found[name] = typed
        if files:
            raise bad(f'unknown parameter "{next(iter(files))}" of {method} (stand-in)')
        for name, field in fields.items():
            if field.required and (found.get(name) is None or (found[name] == "" and name != "url")):
                raise bad(_missing(name))
        return found

    def value(self, name: str, value: Any, types: tuple[str, ...]) -> None:
        """One value is of one of these types."""
        faults: list[Refused] = []
        for kind in types:
            try:
                self._of_type(name, value, kind)
            except Refused as fault:
                faults.append(fault)
            else:
                return
        raise faults[-1] if isinstance(value, dict) else faults[0]

    def _of_type(self, name: str, value: Any, kind: str) -> None:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise bad(f'field "{name}" must be an Array (stand-in)')
            for one in value:
                self.value(name, one, (kind.removeprefix("Array of "),))
            return
        if kind == "Any":
            return
        simple = _SIMPLE.get(kind)
        if simple is not None:
            if not isinstance(value, simple) or (isinstance(value, bool) and bool not in simple):
                raise bad(f'field "{name}" must be of type {kind} (stand-in)')
            return
        if not isinstance(value, dict):
            raise bad(f'field "{name}" must be an Object ({kind}, stand-in)')
        if kind in self.subtypes:
            self._one_of(name, value, self.subtypes[kind])
        elif kind in self.types:
            self._object(value, kind)

    def _one_of(self, name: str, value: Json, kinds: tuple[str, ...]) -> None:
        faults: list[tuple[int, Refused]] = []
        for kind in kinds:
            try:
                self._of_type(name, value, kind)
            except Refused as fault:
                fields = self.types.get(kind, {})
                fit = sum(key in fields for key in value) + 100 * _constants_fit(value, fields)
                faults.append((fit, fault))
            else:
                return
        raise max(faults, key=lambda one: one[0])[1]

    def _object(self, value: Json, kind: str) -> None:
        fields = self.types[kind]
        for name, one in value.items():
            if name not in fields:
                raise bad(f'unknown field "{name}" in {kind} (stand-in)')
            self.value(name, one, fields[name].types)
            if fields[name].constant not in (None, one):
                raise bad(f'field "{name}" of {kind} must be {fields[name].constant} (stand-in)')
        for name, field in fields.items():
            if field.required and value.get(name) is None:
                raise bad(f'Can\'t parse {kind}: field "{name}" is required (stand-in)')


_SIMPLE: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
    "Float": (int, float),
    "InputFile": (Upload,),
}


def _constants_fit(value: Json, fields: dict[str, Field]) -> bool:
    return all(value.get(name) == field.constant for name, field in fields.items() if field.constant)


def _missing(name: str) -> str:
    known = {
        "text": "message text is empty",
        "chat_id": "chat_id is empty",
        "document": "there is no document in the request",
    }
    return known.get(name, f'parameter "{name}" is required')


def _typed(name: str, value: Any, types: tuple[str, ...]) -> Any:
    """What a text of the form stands for."""
    if not isinstance(value, str):
        return value
    if types == ("String",) or "InputFile" in types:
        return value
    if "String" in types:
        return int(value) if re.fullmatch(r"-?\d{1,18}", value) else value
    if types == ("Boolean",):
        lowered = value.lower()
        if lowered in {"true", "1", "yes", "false", "0", "no"}:
            return lowered in {"true", "1", "yes"}
    try:
        return json.loads(value)
    except ValueError:
        raise bad(f'can\'t parse "{name}" as JSON: {" or ".join(types)} expected') from None


Listed = tuple[dict[str, dict[str, Field]], dict[str, dict[str, Field]], dict[str, tuple[str, ...]]]


@cache
def _read(path: Path) -> Listed:
    """Methods, types and the kinds of abstract types; once per process."""
    whole = json.loads(path.read_text(encoding="utf-8"))
    types = {name: _fields(one) for name, one in whole["types"].items() if "subtypes" not in one}
    subtypes = {name: tuple(one["subtypes"]) for name, one in whole["types"].items() if "subtypes" in one}
    return {name: _fields(one) for name, one in whole["methods"].items()}, types, subtypes


def _fields(one: Json) -> dict[str, Field]:
    return {
        field["name"]: Field(tuple(field["types"]), bool(field["required"]), _constant(field))
        for field in one.get("fields", [])
    }


def _constant(field: Json) -> str | None:
    if field["name"] not in {"type", "status", "source"} or not field["required"]:
        return None
    match = CONSTANT.search(str(field["description"]).rstrip("."))
    return match[1] if match else None
