"""The shape of the project: imports point downward, settings and documents agree, files stay small and clean."""

from __future__ import annotations

import ast
import dataclasses
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for package in ("bot", "index") for path in (ROOT / package).rglob("*.py"))

LONGEST_MODULE = 400
LONGEST_FUNCTION = 70
DRAWERS = {"utils", "util", "helpers", "helper", "common", "const", "constants", "misc", "shared"}
COMMANDS = (
    "load", "ask", "chart", "chat", "serve", "start", "adopt", "drop", "reload", "versions", "rollback", "reports",
    "conflicts", "misses", "alias", "export", "audit", "check", "check-db", "backup", "restore", "web",
)  # fmt: skip
TARGETS = ("setup", "run", "test", "lint", "types", "format", "score", "bench", "lock", "clean")

BOTTOM = {"index.models", "index.errors", "index.paths", "index.kept", "index.forked"}
# What each part may import of the project besides itself and the bottom.  Reading knows nothing of budgets, facts
# nothing of SQL, asking nothing of reading, and only build and the front door see both roads.
MAY_IMPORT = {
    "index.models": set(),
    "index.errors": set(),
    "index.paths": set(),
    "index.kept": set(),
    "index.forked": set(),
    "index.read": set(),
    "index.text": set(),
    "index.lexicon": {"index.text"},
    "index.find": {"index.lexicon", "index.text"},
    "index.outline": {"index.text", "index.find"},
    "index.facts": {"index.lexicon", "index.text", "index.find", "index.outline"},
    "index.parse": {"index.text", "index.find", "index.facts", "index.outline"},
    "index.contradictions": {"index.lexicon", "index.find"},
    "index.check": {
        "index.lexicon",
        "index.text",
        "index.find",
        "index.facts",
        "index.contradictions",
    },
    "index.store": {"index.lexicon", "index.text"},
    "index.intake": {
        "index.text",
        "index.read",
        "index.find",
        "index.facts",
        "index.parse",
        "index.check",
        "index.store",
    },
    "index.build": {"index.lexicon", "index.find", "index.parse", "index.intake", "index.store"},
    "index.ask": {"index.lexicon", "index.text", "index.find", "index.store"},
    "index.admin": {
        "index.lexicon",
        "index.text",
        "index.find",
        "index.contradictions",
        "index.check",
        "index.parse",
        "index.store",
        "index.intake",
        "index.build",
        "index.ask",
    },
    "index.ready": {"index.intake", "index.ask"},
    "index": {"index.lexicon", "index.store", "index.build", "index.ask", "index.admin", "index.ready"},
    "bot": {"index"},
}
ONLY_STORE = {"sqlite3", "sqlite_utils", "apsw"}
CHAT_STATE = "bot.telegram.state.file"  # what the chats leave behind is no part of the index
HEAVY = {
    "jieba", "rjieba", "sqlite_utils", "telegram", "httpx", "pypdfium2", "docx", "lxml", "selectolax",
    "python_calamine", "xlsxwriter", "olefile", "py7zr", "rapidocr", "onnxruntime", "opencc", "PIL", "numpy",
    "pypinyin", "matplotlib",
}  # fmt: skip


def module_name(path: Path) -> str:
    """``index/read/txt_file.py`` -> ``index.read.txt_file``; a package is named without ``__init__``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in CODE}


@cache
def tree_of(module: str) -> ast.Module:
    """What a module says, read when it is looked at."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def part_of(module: str) -> str:
    """The part a module belongs to: ``bot``, ``index`` (the front door) or ``index.<part>``."""
    names = module.split(".")
    return names[0] if names[0] != "index" else ".".join(names[:2])


def imported(module: str, node: ast.AST) -> Iterator[str]:
    """The modules an import statement names, as absolute names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            is_package = MODULES[module].name == "__init__.py"
            above = module.split(".")[: len(module.split(".")) - node.level + is_package]
            base = ".".join([*above, base] if base else above)
        for alias in node.names:
            inner = f"{base}.{alias.name}"
            yield inner if inner in MODULES else base


def at_top(tree: ast.Module) -> Iterator[ast.AST]:
    """The statements that run at import: not those inside functions or ``if TYPE_CHECKING``."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def project_files() -> list[Path]:
    """Tracked and new files; without git, everything but what is made locally."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        local = re.compile(
            r"^(\.venv|\.git|\.env|build|dist|\.\w+_cache|\.hypothesis)$|__pycache__|\.egg-info$|\.db(-\w+)?$"
        )
        paths = [p for p in ROOT.rglob("*") if not any(local.search(part) for part in p.relative_to(ROOT).parts)]
    return sorted(path for path in paths if path.is_file())


# ---------------------------------------------------------------------------------------------- imports


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_downward(module: str) -> None:
    part = part_of(module)
    assert part in MAY_IMPORT, f"{module}: name its place among the layers in MAY_IMPORT"
    allowed = MAY_IMPORT[part] | {part} | (set() if part == "bot" else BOTTOM)
    wrong = {
        target
        for node in ast.walk(tree_of(module))
        for target in imported(module, node)
        if target.split(".")[0] in {"bot", "index"} and part_of(target) not in allowed
    }
    assert not wrong


def test_no_import_cycle() -> None:
    graph = {
        module: {target for node in at_top(tree_of(module)) for target in imported(module, node)}.intersection(
            MODULES
        ).difference({module})
        for module in MODULES
    }
    while graph:
        leaves = {module for module, targets in graph.items() if not targets & graph.keys()}
        assert leaves, f"these modules import each other in a circle, or hang on one that does: {sorted(graph)}"
        graph = {module: targets for module, targets in graph.items() if module not in leaves}


@pytest.mark.parametrize("module", [name for name in MODULES if part_of(name) != "index.store" and name != CHAT_STATE])
def test_sql_is_in_store_alone(module: str) -> None:
    names = {target.split(".")[0] for node in ast.walk(tree_of(module)) for target in imported(module, node)}
    assert not names & ONLY_STORE


@pytest.mark.parametrize("module", ["index", "bot.cli"])
def test_starting_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not set(done.stdout.split()) & HEAVY


# ---------------------------------------------------------------------------------------------- size and names


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in CODE}), ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_folder_of_code_is_a_package(folder: Path) -> None:
    assert (folder / "__init__.py").is_file()


@pytest.mark.parametrize("module", MODULES)
def test_modules_are_small_and_say_what_they_are(module: str) -> None:
    text, tree = MODULES[module].read_text(encoding="utf-8"), tree_of(module)
    assert text.count("\n") <= LONGEST_MODULE
    assert not tree.body or ast.get_docstring(tree)
    assert not DRAWERS & set(module.split("."))
    long = {
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert not long


def test_nothing_local_is_in_the_files() -> None:
    folder = re.compile(r"(?<![\w.~:/-])/(?:home|root|work|opt|mnt|Users)/\w|[A-Z]:\\\\?Users")
    host = re.compile(
        r"\b(?:p[y]pi\.org|files\.python[h]osted|deb\.deb[i]an\.org|registry\.npm[j]s|index-url\s*[=:]|find-links\s*[=:])"
    )
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in (folder.search(text), host.search(text)) if hit]
    assert not found


# ---------------------------------------------------------------------------------------------- documents and settings


def test_env_example_names_every_setting() -> None:
    from bot.settings import Settings

    names = {field.metadata["env"] for field in dataclasses.fields(Settings) if "env" in field.metadata}
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) == names


@pytest.mark.parametrize("words", [f"yusuan {c}" for c in COMMANDS] + [f"make {t}" for t in TARGETS])
def test_readme_or_contributing_shows_every_command(words: str) -> None:
    documents = ["README.md"] if words.startswith("yusuan") else ["README.md", "CONTRIBUTING.md"]
    assert any(re.search(rf"{words}\b", (ROOT / name).read_text(encoding="utf-8")) for name in documents)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"])
def test_links_between_files_lead_somewhere(document: str) -> None:
    path = ROOT / document
    targets = re.findall(r"\]\((?!\w+:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_lock_is_pinned_hashed_and_complete() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(
        r"^([a-z0-9._-]+)==[^ ]+(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", lock, re.MULTILINE
    )
    assert sum(1 + hashes.count("--hash") for _, hashes in pins) == len(lock.splitlines())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    wanted += project["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted}
    assert names <= {name for name, _ in pins}


def test_lock_of_the_pictures_agrees_with_what_is_asked_for() -> None:
    lock = (ROOT / "requirements-charts.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==(\S+?) (?:;[^\\]+)?\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["optional-dependencies"]["charts"]
    assert {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in wanted} <= {name for name, _ in pins}
    for other in ("requirements.lock", "requirements-ocr.lock"):  # all of them go into one environment
        text = (ROOT / other).read_text(encoding="utf-8")
        shared = {name for name, _ in pins if re.search(rf"^{re.escape(name)}==", text, re.MULTILINE)}
        assert [pin for pin in pins if pin[0] in shared and f"{pin[0]}=={pin[1]} " not in text] == []


def test_changelog_has_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert version in headings or headings == ["Unreleased"]


# ---------------------------------------------------------------------------------------------- the tests themselves


@pytest.mark.parametrize("address", ["192.0.2.1", "example.org", "2001:db8::1"])
def test_the_network_is_closed(address: str) -> None:
    with pytest.raises(RuntimeError, match="a test tried to"):
        socket.create_connection((address, 80), timeout=1)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), timeout=5):
        pass
