"""Marks of secrecy and of internal papers, by which a text says itself that it is not for the public."""

import re

_STARS = "★☆⭐🌟✩✪✫✬✭✮✯"
"""What input methods offer for the star of a mark."""
_LEVEL = r"(?:绝\s*密|机\s*密|秘\s*密)\s*级?"
_URGENT = "(?:特急|加急|特提|平急)?"
_LINE = re.compile(
    rf"(?:份号[:：]?|№)?\d{{0,6}}{_URGENT}(?P<named>(?:文件|本件)?(?:密级|秘密等级)(?:和保密期限)?[:：]?)?[{_STARS}]?"
    rf"(?:绝密|机密|秘密)[级件]?(?P<star>[{_STARS}*＊].{{0,20}})?(?:[,，;；、]?(?:保密)?期限[:：]?.{{1,12}})?{_URGENT}"
)
"""A line that is nothing but a mark, its spaces left out: with the number of the copy and the urgency, which may stand beside it."""
_STARRED = re.compile(
    rf"(?:^|(?<=[\s:：,，;；()（）\[\]【】〔〕号\d]))[{_STARS}]?\s*{_LEVEL}\s*(?:[{_STARS}＊]|[*●○·•](?=\s*(?:长期|不满|启用|解密|\d)))"
)
"""A mark with its star in a line that says more; in quotation marks it is only spoken of."""
_LONGEST_LINE = 60
_INTERNAL = re.compile(
    "内部(?:资料|文件|材料|使用|掌握|参阅|参考|传阅)|密级[:：]?内部|工作秘密|涉密(?:文件|资料|材料)"
    "|(?:不得|不准|严禁|禁止|请勿)(?:外传|扩散|公开)|不予公开|不宜公开|不对外公开|此件不公开|依申请公开|(?:会|阅)后(?:收回|销毁|即焚)|发至[县市地厅局处][^。]{0,6}级"
)
_LONGEST_INTERNAL = 30
_PAPER = "(?:内部|工作)(?:资料|文件|材料|刊物|参考|参阅|情况|秘密)"
_KEPT = re.compile(
    rf"(?P<bare>{_PAPER})|{_PAPER}[,，;；、·\-—!！{_STARS}]*(?:请)?(?:注意|妥善|严格)(?:保密|保存|保管)"
    rf"|{_PAPER}[,，;；、·\-—!！{_STARS}]*(?:不得|不准|严禁|禁止|请勿|切勿)(?:外传|外泄|扩散|公开|转发|翻印|复制|对外)"
    rf"|(?:{_PAPER}[,，;；、·\-—!！]*)?(?:阅|会)后(?:收回|销毁|即焚)"
    "|(?:仅|只|限|仅限|只限|仅供|只供)(?:供)?(?:本单位)?内部(?:使用|传阅|掌握|参阅|参考)|(?:此|本)(?:件|文件)(?:不予?公开|不宜公开|依申请公开|只?发至.{1,6}级)"
    "|密级[:：]?内部"
)
"""A line that is nothing but such a notice, its spaces left out."""


def is_secret(text: str, *, bare: bool = False, named: bool = False) -> bool:
    """Whether a text bears the mark of a state secret: with a star, or where it stands in a line by itself, also `named` 密级 or `bare`."""
    if any(len(line) <= _LONGEST_LINE and _STARRED.search(line) for line in text.split("\n")):
        return True
    mark = _LINE.fullmatch(re.sub(r"\s", "", text).strip("（）()【】[]〔〕"))
    return bool(mark and (mark["star"] or (named if mark["named"] else bare)))


def is_internal(text: str) -> bool:
    """Whether a line says that a paper is for its house alone."""
    return len(text) <= _LONGEST_INTERNAL and bool(_INTERNAL.search(text)) and not re.search("[。《》“”]", text)


def is_kept_inside(line: str, *, bare: bool = False) -> bool:
    """Whether a line is nothing but a notice that a paper is for its house alone; with `bare`, also 内部资料 by itself."""
    mark = (
        _KEPT.fullmatch(re.sub(r"\s", "", line).strip("（）()【】[]〔〕。.!！*"))
        if len(line) <= _LONGEST_INTERNAL
        else None
    )
    return bool(mark and (bare or not mark["bare"]))
