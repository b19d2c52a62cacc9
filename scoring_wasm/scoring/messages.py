"""The words for what is wrong with data, in both languages.

They stand beside the code because they must be there before any data is: a broken standard is reported with
them too. What is said about a score (notes, warnings, advice) is data beside the standard instead.
"""

MESSAGES: dict[str, dict[str, str]] = {
    # Any data
    "more": {
        "zh": "另有 {count} 处问题未列出",
        "en": "and {count} more problems",
    },
    "missing": {
        "zh": "缺少必填项 “{key}”",
        "en": "the key “{key}” is missing",
    },
    "unknown": {
        "zh": "不认识的键；此处可用：{known}",
        "en": "unknown key; known here: {known}",
    },
    "unknown-near": {
        "zh": "不认识的键；是否应为 “{near}”？",
        "en": "unknown key; did you mean “{near}”?",
    },
    "not-mapping": {
        "zh": "应为“键: 值”的对象，实为 {found}",
        "en": "expected a mapping of keys to values, found {found}",
    },
    "not-text": {
        "zh": "应为文字，实为 {found}",
        "en": "expected text, found {found}",
    },
    "blank": {
        "zh": "不能为空白",
        "en": "must not be blank",
    },
    "too-long": {
        "zh": "长 {length} 字，最多 {longest} 字",
        "en": "{length} characters long; at most {longest} are allowed",
    },
    "surrogate": {
        "zh": "含有不成对的代理字符，不是有效文字",
        "en": "holds a lone surrogate, which is no valid text",
    },
    "not-date": {
        "zh": "应为日历上的日期，如 2026-06-30，实为 {found}",
        "en": "expected a day such as 2026-06-30, found {found}",
    },
    "not-time": {
        "zh": "应为日期或时间，如 2026-06-30 或 2026-06-30T09:00:00+08:00，实为 {found}",
        "en": "expected a day or time such as 2026-06-30 or 2026-06-30T09:00:00+08:00, found {found}",
    },
    "not-bool": {
        "zh": "应为 true 或 false，实为 {found}",
        "en": "expected true or false, found {found}",
    },
    "not-points": {
        "zh": '应为分值，写作整数或带引号的小数，如 5 或 "2.5"，实为 {found}',
        "en": 'expected points, an integer or a quoted decimal such as 5 or "2.5", found {found}',
    },
    "not-number": {
        "zh": "应为 0 至 {most} 的整数，实为 {found}",
        "en": "expected a whole number from 0 to {most}, found {found}",
    },
    "not-list": {
        "zh": "应为列表，实为 {found}",
        "en": "expected a list, found {found}",
    },
    "list-size": {
        "zh": "列表有 {count} 项，应为 1 至 {most} 项",
        "en": "the list has {count} members; expected 1 to {most}",
    },
    "not-choice": {
        "zh": "应为 {known} 之一，实为 {found}",
        "en": "expected one of {known}, found {found}",
    },
    # A standard
    "bad-id": {
        "zh": "编号 {found} 不合格式；应为上级编号加点再加数字或大写字母，如 {example}",
        "en": "the id {found} is misformed; expected digits or capitals under its parent's id, as {example}",
    },
    "bad-name": {
        "zh": "标准编号 {found} 不合格式；应由小写字母、数字和连字符组成，如 chongqing-2023",
        "en": "the id {found} is misformed; expected small letters, digits, hyphens, as chongqing-2023",
    },
    "duplicate-id": {
        "zh": "编号 {found} 重复",
        "en": "the id {found} is used twice",
    },
    "sum": {
        "zh": "所属各项合计 {total} 分，与上限 {cap} 分不符；如确有封顶，请写 capped: true",
        "en": "its parts add up to {total}, not to {cap}; where the cap is meant to cut, write capped: true",
    },
    "sum-below-cap": {
        "zh": "所属各项合计 {total} 分，达不到上限 {cap} 分",
        "en": "its parts add up to {total}, which can never reach {cap}",
    },
    "sum-sections": {
        "zh": "各部分合计 {total} 分，与此处 {cap} 分不符",
        "en": "the sections add up to {total}, not to {cap}",
    },
    "title-points": {
        "zh": "标题写明 {stated} 分，与上限 {cap} 分不符",
        "en": "the title states {stated} points, but the maximum is {cap}",
    },
    "above-total": {
        "zh": "{found} 分超过可能达到的 {most} 分",
        "en": "{found} is more than the {most} that can be reached",
    },
    "zero": {
        "zh": "应大于 0",
        "en": "must be more than 0",
    },
    "how-scored": {
        "zh": "每项须且只须写明一种计分方式：points；levels；或 each 与 max",
        "en": "an item is scored in exactly one way: points; or levels; or each with max",
    },
    "checklist-points": {
        "zh": "清单（kind: checklist）不计分，不得写分值或上限",
        "en": "a checklist (kind: checklist) has no points; remove this",
    },
    "not-stated-only": {
        "zh": "只能为 null；部分得分请用 levels 或 each 写在各项上",
        "en": "only null is understood; write partial credit as levels, or each and max, of an item",
    },
    # Guidance
    "unknown-item": {
        "zh": "标准中没有条目 {found}",
        "en": "the standard has no item {found}",
    },
    "other-guidance": {
        "zh": "本文件所属标准为 {found}，而当前标准为 {expected}",
        "en": "this guidance is for {found}, but the standard is {expected}",
    },
    "no-effort": {
        "zh": "没有估计条目 {item} 的工作量",
        "en": "the effort for item {item} is missing",
    },
    "not-month-day": {
        "zh": "应为每年都有的月和日，如 06-30，实为 {found}",
        "en": "expected a month and day that every year has, such as 06-30, found {found}",
    },
    "until-before-from": {
        "zh": "止日 {found} 早于起日 {first}",
        "en": "the last day {found} is before the first day {first}",
    },
    # Answers
    "too-big": {
        "zh": "文件过大：最多 {most} 字节",
        "en": "too big: at most {most} bytes are read",
    },
    "too-deep": {
        "zh": "嵌套过深：最多 {most} 层",
        "en": "nested too deeply: at most {most} levels are read",
    },
    "not-json": {
        "zh": "不是有效的 JSON：第 {line} 行第 {column} 列有误",
        "en": "not valid JSON: the fault is at line {line}, column {column}",
    },
    "big-number": {
        "zh": "含有位数过多的数字",
        "en": "holds a number with too many digits",
    },
    "duplicate-key": {
        "zh": "键 “{key}” 在同一对象中重复",
        "en": "the key “{key}” appears twice in one object",
    },
    "not-finite": {
        "zh": "{found} 不是 JSON 数字",
        "en": "{found} is no number of JSON",
    },
    "not-utf8": {
        "zh": "不是 UTF-8 编码的文本",
        "en": "not text in UTF-8",
    },
    "not-file": {
        "zh": "不是普通文件（如管道或设备），已跳过",
        "en": "no regular file (a pipe or a device, for instance); skipped",
    },
    "unreadable": {
        "zh": "无法读取：{why}",
        "en": "cannot be read: {why}",
    },
    "not-ours": {
        "zh": "不是本栏目导出的自评文件：format 应为 {expected}，实为 {found}",
        "en": "not an exported self-assessment: expected the format {expected}, found {found}",
    },
    "newer": {
        "zh": "自评文件的版本应为 {expected}，实为 {found}；如较新，请用新版页面打开",
        "en": "expected version {expected} of the file format, found {found}; a newer page may read it",
    },
    "other-standard": {
        "zh": "文件按标准 {found} 填写，当前标准为 {expected}；请用“导入”功能查看哪些内容可以保留",
        "en": "filled in for {found}, but the standard is {expected}; importing it shows what can be kept",
    },
    "other-version": {
        "zh": "文件按 {found} 的另一版本填写；请用“导入”功能查看哪些内容可以保留",
        "en": "filled in for another version of {found}; importing it shows what can be kept",
    },
    "level-needed": {
        "zh": "已勾选，但没有写明等级 level：{known}",
        "en": "met, but without its level: one of {known}",
    },
    "count-needed": {
        "zh": "已勾选，但没有写明数量 count（至少为 1）",
        "en": "met, but without its count, which is at least 1",
    },
    "no-levels": {
        "zh": "该条目不分等级",
        "en": "this item has no levels",
    },
    "no-count": {
        "zh": "该条目不按数量计分",
        "en": "this item counts nothing",
    },
    "not-met": {
        "zh": "未勾选（met: false）的条目不能有 {key}",
        "en": "an item not met cannot have a {key}",
    },
    # The engine
    "target-checklist": {
        "zh": "清单不计分，没有目标分可言",
        "en": "a checklist has no score, so there is no target",
    },
}
