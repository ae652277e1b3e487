"""Who may come in: whoever has the token, at this machine's own address, from no page but ours.

The token stands in the path of every address, not in a cookie. Cookies know no ports: each program that serves pages
on this machine would be sent ours, and a page of any of them counts as the same site, so that `SameSite` would not keep
it away. A path is sent by nobody who was not given it. What a path would give away otherwise is closed: pages send no
referrer, nothing is kept in caches, requests are not logged, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

import re
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from tui.serving.pages import HEADERS, notice

OWN_NAME = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?")
"""How a browser on this machine calls it. A name that an attacker lets point here does not match."""

INCOMPLETE = "This address is not complete: open the whole address that ascribe serve printed."
ELSEWHERE = "ascribe serves this machine only: open the address that ascribe serve printed, as 127.0.0.1 or localhost."
FOREIGN = "Another page asked for this. Open the address that ascribe serve printed yourself."


def new_token() -> str:
    """256 bits nobody can guess, fit for an address."""
    return secrets.token_urlsafe(32)


def reason_to_refuse(request: web.Request, token: str) -> str | None:
    """Why a request is not let in, or None.

    The `Host` is checked against DNS rebinding, the `Origin` against pages of others. Any port will do in both, so
    that a tunnel may end at another port, but they must agree. Browsers send no `Origin` with a page one opens, and
    always send it with a websocket.
    """
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
    if not OWN_NAME.fullmatch(host):
        return ELSEWHERE
    websocket = "Upgrade" in request.headers
    if origin != f"http://{host}" and (origin is not None or websocket):
        return FOREIGN
    given = request.match_info.get("token", "")
    if not secrets.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        return INCOMPLETE
    return None


def gate(token: str) -> Middleware:
    """The middleware that every request passes, whether there is something at its address or not."""

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        if reason := reason_to_refuse(request, token):
            return notice(reason, 403)
        return await handler(request)

    return checked


async def seal(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on every answer that keep its address and content to this page."""
    response.headers.update(HEADERS)
    response.headers.pop("Server", None)
