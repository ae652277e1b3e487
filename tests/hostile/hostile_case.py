"""Text that wants to be more than text, and cases that are full of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from reasoner.evidence.base import Base, Fact, Report, Source

MARKUP = (
    "[/]",
    "closing [/nope] tag",
    "[@click=app.bell]press[/]",
    '[link="https://evil.example"]a[/]',
    "[bold red]loud[/bold red]",
    "C:\\[red]",
    "[type=x, v={'a[0]'}]",
    "$error [$accent]x[/] [0] [1, 2] {A} %s {0}",
    "<script>document.title='PWNED'</script><img src=x onerror=alert(1)>",
    "[evil](https://evil.example) ![x](https://evil.example/p.png) `code` | cell **bold**",
)
"""What Textual, Rich, a browser or a reader of Markdown would parse."""

BIDI = "\u202etxt.exe\u202c \u2066isolate\u2069 \u200bzero\u200dwidth\ufeff \u00adsoft \u2028line \U000e0041tag"
"""What a terminal or a reader would be fooled by, and no file reader rejects."""

CONTROLS = (
    "\x1b]2;PWNED\x07 \x1b]52;c;UFdORUQ=\x07 \x1b]8;;https://evil.example\x1b\\link "
    "\x1b[31mred \x9b31m \x9d2;PWNED\x9c \r\b\x00"
)
"""What a terminal would obey."""

WIDE = "漢字 ｗｉｄｅ 🏴\U000e0067 👩\u200d👩 e\u0301 العربية עברית"

LONG = "long " * 20_000
"""100 kB."""

LINES = "first line\nsecond line\n\n\tthird"

LOADABLE = " ".join([*MARKUP, BIDI, WIDE, LINES])
"""All that a fact file may hold."""

RAW: tuple[bytes, ...] = tuple(
    text.encode()
    for text in (
        "\x1b]2;PWNED",
        "\x1b]52;",
        "\x1b]8;;https",
        "\x9b31m",
        "\x9d2;",
        "\x07",
        "\u202e",
        "\u2066",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\u2028",
        "\u00ad",
        "\U000e0041",
    )
)
"""Byte sequences that must never reach a terminal."""


def hostile_file(path: Path, text: str = LOADABLE) -> None:
    """Rewrite a case file so that every free text in it is hostile."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries["title"] = f"{entries['title']} {text}"
    for entity in entries["entities"].values():
        entity |= {"name": f"{entity['name']} {text}", "about": text, "aliases": [f"{text} {entity['name']}"]}
    for source in entries["sources"].values():
        source |= {"name": f"{source['name']} {text}", "about": text}
    for fact in entries["facts"]:
        for report in [fact, *fact.get("reports", [])]:
            if "credibility" in report:
                report |= {"says": f"{text} {LONG}", "quote": text, "locator": text}
    path.write_text(yaml.safe_dump(entries, allow_unicode=True, width=10_000), encoding="utf-8")


def hostile_rules(path: Path, text: str) -> None:
    """Put a hostile text into the sentence of every rule; it must be one line."""
    rules = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(f"{row} {text}" if row.startswith("%%") else row for row in rules) + "\n")


def hostile_base(base: Base, text: str = f"{CONTROLS} {LOADABLE}") -> Base:
    """The base with every text in it followed by a hostile one, controls included, past whatever files may hold."""

    def worse(value: str | None) -> str:
        return f"{value or ''} {text}"

    def report(given: Report) -> Report:
        return replace(given, says=worse(given.says), quote=worse(given.quote), locator=worse(given.locator))

    def fact(given: Fact) -> Fact:
        return replace(given, reports=tuple(map(report, given.reports)))

    def named(entries: Mapping[str, Any]) -> dict[str, Any]:
        return {key: replace(entry, name=worse(entry.name), about=worse(entry.about)) for key, entry in entries.items()}

    sources: dict[str, Source] = named(base.sources)
    return replace(
        base,
        case=replace(base.case, title=worse(base.case.title)),
        entities=named(base.entities),
        sources=sources,
        facts={atom: fact(given) for atom, given in base.facts.items()},
        names={key: worse(name) for key, name in base.names.items()},
    )
