"""The Content-Security-Policy of a page, with the hashes of what stands in it.

Content Security Policy Level 3 (W3C): an inline script runs only if its SHA-256 is listed.
"""

from __future__ import annotations

import base64
import hashlib
import re

# What a template writes where the policy belongs.
PLACE = "@@content-security-policy@@"

# What only a host can send, for every page; the rest stands in the page itself.
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def headers_file() -> str:
    """The headers in the form that hosts such as Netlify and Cloudflare Pages read, as `_headers`."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())


_INLINE = re.compile(r"<(script|style)(?P<attributes>[^>]*)>(?P<body>.*?)</\1>", re.DOTALL)
_DATA = re.compile(r'type="application/(ld\+)?json"')


def with_policy(html: str) -> str:
    """The page with its policy in the place that the template keeps for it."""
    return html.replace(PLACE, policy(html), 1)


def policy(html: str) -> str:
    """What the browser may load and run on this page: the page's own files and nothing else."""
    hashes = {"script": "", "style": ""}
    # Scripts stand in the head, which no content reaches.
    for match in _INLINE.finditer(html.partition("</head>")[0]):
        runs = "src=" not in match["attributes"] and not _DATA.search(match["attributes"])
        if runs:
            hashes[match[1]] += f" 'sha256-{_digest(match['body'])}'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{hashes['script']}",
            f"style-src 'self'{hashes['style']}",
            "font-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
