"""The issue as a mail: tables with inline styles, a text, and a draft that mail programs open."""

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from publicity.editions.issue.texts import plain
from publicity.editions.words import filled
from publicity.models.letter import Letter
from publicity.stage.issues import Issue

_POLICY = SMTP.clone(cte_type="7bit")  # base64 throughout: smtplib sends 8-bit bodies without saying so
MOST_BYTES = 80_000
"""Of HTML: Gmail cuts what is longer than about 102 KB, and with it the way out."""


def make(issue: Issue, base: str | None) -> dict[str, bytes]:
    """`mail.html`, `mail.txt` and `mail.eml`."""
    html, text = mail_html(issue, base), plain(issue, base)
    return {"mail.html": html.encode(), "mail.txt": text.encode(), "mail.eml": _draft(issue, html, text)}


def mail_html(issue: Issue, base: str | None) -> str:
    """The mail's HTML, its styles in the elements; what is left in its head only adds to them."""
    import css_inline  # of the extra `editions`

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
    html: str = inliner.inline(filled("mail.html", issue, base))
    return html


def letter_of(issue: Issue, base: str | None) -> Letter:
    """The issue as what `send` puts into envelopes."""
    html, text = mail_html(issue, base), plain(issue, base)
    digest = hashlib.sha256("\0".join((issue.title, html, text)).encode()).hexdigest()
    return Letter(
        issue=issue.slug,
        number=issue.number,
        subject=issue.title,
        html=html,
        text=text,
        pictures=(),
        is_sample=issue.is_sample,
        pending=issue.pending,
        digest=digest,
    )


def _draft(issue: Issue, html: str, text: str) -> bytes:
    """A draft without sender and receivers: X-Unsent opens it for writing."""
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = issue.title
    mail["X-Unsent"] = "1"
    mail["Content-Language"] = "zh-CN"
    mail.set_content(text, cte="base64")
    mail.add_alternative(html, subtype="html", cte="base64")
    mail.set_boundary(f"=_{hashlib.sha256(html.encode()).hexdigest()[:32]}")
    return mail.as_bytes()
