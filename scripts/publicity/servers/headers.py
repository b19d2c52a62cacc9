"""What every answer of a server should say for safety, in one place: the pages' `<meta>` and all server recipes take it from here."""

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the scoring engine is WebAssembly
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    # No text becomes HTML or script. The one policy, of docs/assets/js/trusted.js, lets a page start workers of this site.
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}

CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
"""The policy as a `<meta>` may state it. Nothing on a page is inline, so that it needs no hashes."""

HEADERS = {
    "Content-Security-Policy": f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""The headers of every answer. A `<meta>` cannot state the framing of pages, so it stands here alone."""
