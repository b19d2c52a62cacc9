"""Who may ask, and for what: this machine's own browser, by an address that nobody can guess, from no other page."""

import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""The policy of the editing page: nothing inline, nothing from elsewhere, and no text becomes HTML or script."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Looks at every request before anything else does."""

    def __init__(self, token: str, host: str, port: int) -> None:
        self._token = token
        names = {"127.0.0.1", "localhost", "[::1]"} if host in ("127.0.0.1", "localhost", "::1") else {host}
        self._hosts = {f"{name}:{port}" for name in names}

    async def __call__(self, request: Request, go_on: Next) -> Response:
        """Answer a request, or refuse it."""
        host = request.headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("", 421)
        origin = request.headers.get("origin")
        is_own = origin is None or origin == f"http://{host}"
        site = request.headers.get("sec-fetch-site", "same-origin")
        if not is_own or (request.method == "POST" and (origin is None or site != "same-origin")):
            return PlainTextResponse("", 403)
        given = request.url.path.split("/", 2)[1]
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            return PlainTextResponse("", 404)
        response = await go_on(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
