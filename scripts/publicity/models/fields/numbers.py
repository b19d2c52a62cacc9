"""What is dialled, written to or looked up, as a Chinese input method may not have it: telephones, mail addresses, numbers of documents."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

from publicity.models.fields import Text, fault
from publicity.models.fields.web import is_mail_address

_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_PHONE = re.compile(r"\+?(?:\(\d{2,4}\)[ -]?)?\d[\d -]{1,18}\d(?: ?转 ?\d{1,6})?", re.ASCII)


def narrowed(text: str) -> str:
    """A text with its full-width letters and figures written plainly; its marks stay."""
    return _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide[0]), text)


def dialled(phone: str) -> str:
    """A `Phone` as an address of the kind `tel:` has it, where there is neither a space nor an extension."""
    return phone.partition("转")[0].replace(" ", "")


def _has_no_wide_figures(value: str) -> str:
    if value != (right := narrowed(value)):
        raise fault("full-width-figures", found=value, right=right)
    return value


def _is_phone(value: str) -> str:
    if not _PHONE.fullmatch(value):
        raise fault("bad-phone", found=value)
    return value


def _are_phones(value: str) -> str:
    if not all(_PHONE.fullmatch(number) for number in value.split("、")):
        raise fault("bad-phones", found=value)
    return value


def _is_mail(value: str) -> str:
    if not is_mail_address(value):
        raise fault("bad-email", found=value)
    return value


NumberText = Annotated[Text, AfterValidator(_has_no_wide_figures)]
"""A number by which people look something up: 示例〔2026〕1号."""
Phone = Annotated[Text, AfterValidator(_is_phone)]
"""One telephone number, which a page offers to dial."""
Phones = Annotated[Text, AfterValidator(_are_phones)]
"""One telephone number or several, which a page only shows."""
Email = Annotated[Text, AfterValidator(_is_mail)]
