"""Where rules and facts live: a workspace, or what is shipped with the program."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reasoner.documents import read_beginning, shown_path
from reasoner.problems import InputError, Problem, did_you_mean
from reasoner.terms import is_symbol

_TITLE = re.compile(r"""^title:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#]*))""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders that rules and facts are read from; ``writable`` where they are the user's own."""

    rules: Path
    facts: Path
    writable: bool

    @property
    def cases(self) -> Path:
        """The folder of case files."""
        return self.facts / "cases"

    def case_path(self, case_id: str) -> Path:
        """The file of a case. Raises `InputError` where there is none."""
        if not is_symbol(case_id) or not os.path.isfile(self.cases / f"{case_id}.yaml"):
            known = [known for known in case_ids(self) if os.path.isfile(self.cases / f"{known}.yaml")]
            hint = did_you_mean(case_id, known) or f"cases are {', '.join(known) or 'none yet'}"
            raise InputError([Problem("unknown-case", f"unknown case `{case_id}`", hint=hint)])
        return self.cases / f"{case_id}.yaml"


def case_ids(workspace: Workspace) -> tuple[str, ...]:
    """The ids of all cases, by their file names. Raises `InputError` where their folder cannot be read."""
    return tuple(sorted(path.stem for path in _fact_files(workspace.cases)))


def background_paths(workspace: Workspace) -> tuple[Path, ...]:
    """The background files. Raises `InputError` where their folder cannot be read."""
    return tuple(sorted(_fact_files(workspace.facts / "background")))


def _fact_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder, but hidden ones, such as an editor's locks; none where there is no folder."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"the folder `{shown_path(folder)}` cannot be read: {error.strerror or error}"
        raise InputError([Problem("unreadable-folder", message)]) from None
    yield from (folder / name for name in names if name.endswith(".yaml") and not name.startswith("."))


def glimpse_title(path: Path) -> str | None:
    """The title of a case file as it stands, without reading all of it as YAML; None where there is none."""
    try:
        text = read_beginning(path, 20_000).decode("utf-8-sig", errors="replace")
    except InputError:
        return None
    match = _TITLE.search(text)
    return next((text.strip() for text in match.groups() if text), None) if match else None


def find_workspace(
    start: Path | str | None = None, rules: Path | str | None = None, facts: Path | str | None = None
) -> Workspace:
    """The workspace around a folder (by default the current one), or else the shipped rules and facts.

    A workspace is a folder with ``rules`` and ``facts``; the folders above are searched up to one under version
    control. ``rules`` and ``facts`` replace either. Raises `InputError` where one of those is no folder.
    """
    found = _around(Path(start) if start else Path.cwd()) or _shipped()
    chosen = Workspace(
        _folder(rules, "rules") or found.rules,
        _folder(facts, "facts") or found.facts,
        found.writable or facts is not None,
    )
    for path in (chosen.rules, chosen.facts):
        if not path.is_dir():
            raise InputError([Problem("missing-folder", f"there is no folder `{shown_path(path)}`")])
    return chosen


def _folder(path: Path | str | None, what: str) -> Path | None:
    if path is None:
        return None
    folder = Path(path)
    if not folder.is_dir():
        raise InputError([Problem("missing-folder", f"there is no folder `{path}` to read {what} from")])
    return folder


def _around(start: Path) -> Workspace | None:
    for folder in _upwards(start.resolve()):
        if (folder / "rules").is_dir() and (folder / "facts").is_dir():
            return Workspace(folder / "rules", folder / "facts", writable=True)
    return None


def _upwards(start: Path) -> Iterator[Path]:
    for folder in (start, *start.parents):
        yield folder
        if (folder / ".git").exists():
            return


def _shipped() -> Workspace:
    """What an installed program carries, or the folders beside its package in a checkout."""
    package = Path(__file__).resolve().parent.parent
    carried = package / "shipped"
    home = carried if carried.is_dir() else package.parent
    return Workspace(home / "rules", home / "facts", writable=False)


def init_workspace(folder: Path | str) -> Workspace:
    """Copy the shipped rules and facts into a folder, all or nothing.

    Raises `InputError` where the folder already has rules or facts, or cannot be written.
    """
    import shutil
    import tempfile

    target, shipped = Path(folder), _shipped()
    for name in ("rules", "facts"):
        if (target / name).exists():
            hint = "nothing was changed; choose another folder"
            raise InputError([Problem("already-there", f"`{target / name}` exists already", hint=hint)])
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target, prefix=".ascribe-") as staging:
            for name, source in (("rules", shipped.rules), ("facts", shipped.facts)):
                shutil.copytree(source, Path(staging) / name, ignore=shutil.ignore_patterns(".*", "__pycache__"))
            (Path(staging) / "rules").rename(target / "rules")
            (Path(staging) / "facts").rename(target / "facts")
    except OSError as error:
        message = f"`{target}` cannot be made a workspace: {error.strerror or error}"
        raise InputError([Problem("unwritable", message)]) from None
    return Workspace(target / "rules", target / "facts", writable=True)
