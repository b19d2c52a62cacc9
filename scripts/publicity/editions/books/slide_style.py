"""How our slides look: pandoc's own reference document in the column's blue, with a Chinese typeface."""

from functools import cache

from publicity.word.reference import default_parts, packed, put

_THEME, _MASTER, _COVER = (
    "ppt/theme/theme1.xml",
    "ppt/slideMasters/slideMaster1.xml",
    "ppt/slideLayouts/slideLayout1.xml",
)
_FACE = "微软雅黑"
_COLOURS = {"1F497D": "08336E", "4F81BD": "0B4A9E", "0000FF": "0B4A9E", "800080": "08336E"}
_WHITE = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
_QUIET = '<a:solidFill><a:schemeClr val="tx1"><a:tint val="75000"/></a:schemeClr></a:solidFill>'
_GROUND = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="tx2"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
_TITLE = '<a:lvl1pPr algn="{}" defTabSz="342900" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:spcBef><a:spcPct val="0"/>'
_BODY = (
    '<p:bodyStyle><a:lvl1pPr marL="342900" indent="-342900" algn="l" defTabSz="342900" rtl="0" eaLnBrk="1" latinLnBrk="0"'
    ' hangingPunct="1"><a:spcBef><a:spcPct val="{}000"/>'
)
_LINE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="7" name="Line"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
    '<a:off x="548640" y="1051560"/><a:ext cx="1097280" cy="45720"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)
"""A short line below each title."""
_TITLE_TEXT = (
    '<a:defRPr sz="{}" kern="1200"{}><a:solidFill><a:schemeClr val="{}"/></a:solidFill><a:latin typeface="+mj-lt"/>'
)


@cache
def reference_pptx() -> bytes:
    """The document that pandoc takes the slides' styles from: 16:9, titles in blue on the left, a blue cover.

    Raises:
        BuildError: pandoc's own document is not as we know it.
    """
    parts = default_parts("reference.pptx")
    for old, new in _COLOURS.items():
        put(parts, _THEME, f'<a:srgbClr val="{old}"/>', f'<a:srgbClr val="{new}"/>')
    put(parts, _THEME, '<a:ea typeface=""/>', f'<a:ea typeface="{_FACE}"/>', times=2)
    put(parts, _THEME, '<a:latin typeface="Calibri"/>', f'<a:latin typeface="{_FACE}"/>', times=2)
    put(parts, _MASTER, _TITLE.format("ctr"), _TITLE.format("l"))
    put(parts, _MASTER, _TITLE_TEXT.format("3300", "", "tx1"), _TITLE_TEXT.format("3000", ' b="1"', "tx2"))
    put(parts, _MASTER, _BODY.format(20), _BODY.format(50))
    put(parts, _MASTER, "</p:spTree>", f"{_LINE}</p:spTree>")
    put(parts, _COVER, "<p:sldLayout xmlns:a=", '<p:sldLayout showMasterSp="0" xmlns:a=')
    put(parts, _COVER, '<p:cSld name="Title Slide">', f'<p:cSld name="Title Slide">{_GROUND}')
    put(
        parts,
        _COVER,
        '<a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t>Click to edit Master title style</a:t>',
        f'<a:bodyPr/><a:lstStyle><a:lvl1pPr><a:defRPr sz="4000">{_WHITE}</a:defRPr></a:lvl1pPr></a:lstStyle>'
        '<a:p><a:r><a:rPr lang="en-US"/><a:t>Click to edit Master title style</a:t>',
    )
    put(
        parts,
        _COVER,
        f'<a:lvl1pPr marL="0" indent="0" algn="ctr"><a:buNone/><a:defRPr>{_QUIET}',
        f'<a:lvl1pPr marL="0" indent="0" algn="l"><a:buNone/><a:defRPr>{_WHITE}',
    )
    put(parts, _COVER, '<a:off x="1371600" y="2914650"/>', '<a:off x="685800" y="2914650"/>')
    return packed(parts)
