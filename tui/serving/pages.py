"""The pages a visitor's browser is sent. Nothing in them comes from outside, nor from a file."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

import textual_serve
from aiohttp import web

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:;"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing runs, frames or is told of the page but the page itself. The terminal writes its own styles."""

_STATIC = Path(textual_serve.__file__).parent / "static"

ASSETS = {
    path.relative_to(_STATIC).as_posix(): path
    for path in sorted(_STATIC.rglob("*"))
    if path.suffix in (".js", ".css", ".ttf")
} | {"js/focus.js": Path(__file__).with_name("focus.js")}
"""The browser's half of the terminal: the only files there are. Path in the address → path on disk."""

_FONT = "fonts/RobotoMono-VariableFont_wght.ttf"

_STYLE = f"""
@font-face {{ font-family: "Roboto Mono"; src: url("static/{_FONT}"); font-weight: 100 700; }}
html, body {{ margin: 0; height: 100%; background: #121212; color: #e0e0e0; overflow: hidden; }}
body, main {{ font: 16px "Roboto Mono", monospace; }}
#terminal {{ position: absolute; inset: 0; }}
main {{ max-width: 40em; margin: 20vh auto; padding: 0 1em; line-height: 1.5; }}
#ended {{ display: none; position: absolute; inset: auto 0 0 0; padding: 1em; z-index: 9; }}
#ended {{ background: #e0e0e0; color: #121212; }}
body.-closed #ended {{ display: block; }}
body.-first-byte #opening {{ display: none; }}
a {{ color: inherit; }}
"""

_PAGE = Template(
    """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>ascribe</title><link rel="icon" href="data:,">$head<style>$style</style></head>
<body>$body</body></html>
"""
)

_TERMINAL = Template(
    """<main id="opening">Opening ascribe …</main>
<div id="terminal" class="textual-terminal" data-font-size="$size" data-session-websocket-url="$socket"></div>
<div id="ended" role="alert">This visit has ended. <a href="./">Open ascribe again</a></div>"""
)

FONT_SIZE = 16


def terminal(host: str, token: str) -> web.Response:
    """The page with the terminal in it, for a browser that calls this machine by that host and port."""
    head = (
        '<link rel="stylesheet" href="static/css/xterm.css">'
        '<script src="static/js/textual.js"></script><script src="static/js/focus.js"></script>'
    )
    body = _TERMINAL.substitute(size=FONT_SIZE, socket=escape(f"ws://{host}/{token}/ws"))
    return _html(body, 200, head)


def notice(text: str, status: int, again: int = 0) -> web.Response:
    """A page that says one thing; with ``again``, the browser asks once more after so many seconds."""
    head = f'<meta http-equiv="refresh" content="{again}">' if again else ""
    return _html(f"<main>{escape(text)}</main>", status, head)


def _html(body: str, status: int, head: str) -> web.Response:
    text = _PAGE.substitute(head=head, style=_STYLE, body=body)
    return web.Response(text=text, status=status, content_type="text/html")
