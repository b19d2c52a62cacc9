"""Marks of secrecy and of internal papers, by which a text says itself that it is not for the public."""

import re

_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)\s*级?"
_URGENT = "(?:特急|加急|特提|平急)?"
_LINE = re.compile(
    rf"(?:份号[:：]?|№)?\d{{0,6}}{_URGENT}(?P<named>(?:文件|本件)?(?:密级|秘密等级)(?:和保密期限)?[:：]?)?[★☆]?"
    rf"(?:绝密|机密|秘密)[级件]?(?P<star>[★☆*＊].{{0,20}})?(?:[,，;；、]?(?:保密)?期限[:：]?.{{1,12}})?{_URGENT}"
)
"""A line that is nothing but a mark, its spaces left out: with the number of the copy and the urgency, which may stand beside it."""
_STARRED = re.compile(
    rf"(?:^|(?<=[\s:：,，;；()（）\[\]【】〔〕号\d]))[★☆]?\s*{_LEVEL}\s*(?:[★☆＊]|[*●○·•](?=\s*(?:长期|不满|启用|解密|\d)))"
)
"""A mark with its star in a line that says more; in quotation marks it is only spoken of."""
_LONGEST_LINE = 60
_INTERNAL = re.compile(
    "内部(?:资料|文件|材料|使用|掌握|参阅|参考)|工作秘密|涉密(?:文件|资料|材料)"
    "|(?:不得|不准|严禁|禁止|请勿)(?:外传|扩散|公开)|不予公开|此件不公开|依申请公开|会后收回"
)
_LONGEST_INTERNAL = 30


def is_secret(text: str, *, bare: bool = False, named: bool = False) -> bool:
    """Whether a text bears the mark of a state secret: with a star, or where it stands in a line by itself, also `named` 密级 or `bare`."""
    if any(len(line) <= _LONGEST_LINE and _STARRED.search(line) for line in text.split("\n")):
        return True
    mark = _LINE.fullmatch(re.sub(r"\s", "", text).strip("（）()【】[]〔〕"))
    return bool(mark and (mark["star"] or (named if mark["named"] else bare)))


def is_internal(text: str) -> bool:
    """Whether a line says that a paper is for its house alone."""
    return len(text) <= _LONGEST_INTERNAL and bool(_INTERNAL.search(text)) and not re.search("[。《》“”]", text)
