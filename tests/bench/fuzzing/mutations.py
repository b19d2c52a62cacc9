"""Ways to make a file worse: in its text, in what its text stands for, in its bytes. All chance comes from the dice that are given."""

import copy
import json
import re
from collections.abc import Callable
from random import Random

from . import fragments

Fragment = Callable[[Random], str]
_VALUE = re.compile(r"^(\s*(?:- )?[\w-]+:)[ \t]+\S.*$")


def _few(dice: Random) -> int:
    return dice.choice((1, 1, 1, 2, 3))


def mutated_text(dice: Random, text: str, fragment: Fragment) -> str:
    """A text with some lines lost, moved, doubled, or with fragments put in."""
    rows = text.split("\n")
    for _ in range(_few(dice)):
        place = dice.randrange(len(rows))
        match dice.choice(("block", "block", "inside", "inside", "instead", "lost", "twice", "moved", "character")):
            case "block":
                rows[place:place] = ["", *fragment(dice).split("\n"), ""]
            case "inside":
                at = dice.randint(0, len(rows[place]))
                rows[place] = rows[place][:at] + fragment(dice) + rows[place][at:]
            case "instead":
                rows[place] = fragment(dice)
            case "lost":
                del rows[place : place + dice.randint(1, 3)]
            case "twice":
                rows[place:place] = rows[place : place + dice.randint(1, 5)] * min(fragments.times(dice), 500)
            case "moved":
                rows.insert(dice.randrange(len(rows)), rows.pop(place))
            case _:
                at = dice.randint(0, len(rows[place]))
                rows[place] = (
                    rows[place][:at] + dice.choice(("", dice.choice(fragments.INVISIBLE))) + rows[place][at + 1 :]
                )
        rows = rows or [""]
    return "\n".join(rows)


def mutated_yaml(dice: Random, text: str) -> str:
    """A YAML text with other values, keys, indents, or all that `mutated_text` does."""
    rows = text.split("\n")
    for _ in range(_few(dice)):
        place = dice.randrange(len(rows))
        if dice.random() < 0.2:
            rows = mutated_text(dice, "\n".join(rows), fragments.yaml).split("\n")
        elif match := _VALUE.match(rows[place]):
            key = match[1]
            value = fragments.yaml(dice)
            rows[place] = dice.choice((
                f"{key} {value}", f"{key} {value}", f"{key} {value}", f"{key}\n  - {value}", f"{key}\n  {value}: {value}", f"{key}", f"{rows[place]}\n{rows[place]}",
                f" {rows[place]}", f"{key[:-1]}x: x", f"{rows[place]} {value}", f"{key} &a {value}\nx: *a", rows[place].replace(":", "：", 1),
            ))  # fmt: skip
        else:
            rows[place:place] = [
                dice.choice((f"{fragments.yaml(dice)}: {fragments.yaml(dice)}", dice.choice(fragments.BOMBS), "x: y"))
            ]
    return "\n".join(rows)


def mutated_markdown(dice: Random, text: str) -> str:
    """A body with Markdown and HTML put in."""
    return mutated_text(dice, text, fragments.markdown)


def mutated_data(dice: Random, data: object) -> object:
    """A copy of what JSON holds with some of it changed, lost, renamed, or put elsewhere."""
    root = [copy.deepcopy(data)]
    for _ in range(_few(dice)):
        holders = [(root, 0), *_places(root[0])]
        holder, key = dice.choice(holders)
        other_holder, other_key = dice.choice(holders)
        match dice.choice(("value", "value", "value", "lost", "added", "named", "elsewhere", "deep")):
            case "lost" if holder is not root:
                del holder[key]
            case "added":
                _add(dice, holder[key], fragments.json_value(dice))
            case "named" if isinstance(holder, dict):
                holder[_name(dice)] = holder.pop(key)
            case "elsewhere":
                holder[key] = copy.deepcopy(other_holder[other_key])
            case "deep":
                for _ in range(min(fragments.times(dice), 200)):
                    holder[key] = [holder[key]] if dice.random() < 0.5 else {"x": holder[key]}
            case _:
                holder[key] = fragments.json_value(dice)
    return root[0]


def _places(data: object) -> list:
    """Every holder in the data with each of its keys."""
    keys = list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    return [place for key in keys for place in ((data, key), *_places(data[key]))]


def _name(dice: Random) -> str:
    return dice.choice(("x", "met", "count", "__proto__", "", "\ud800", "x" * 300, "1.1.1", fragments.text(dice)))


def _add(dice: Random, holder: object, value: object) -> None:
    if isinstance(holder, dict):
        holder[_name(dice)] = value
    elif isinstance(holder, list):
        holder += [value] * min(fragments.times(dice), 500)


def mutated_json(dice: Random, data: object) -> str:
    """A JSON text of mutated data, now and then no JSON any more."""
    text = json.dumps(mutated_data(dice, data), ensure_ascii=dice.random() < 0.5, indent=dice.choice((None, 2)))
    return mutated_text(dice, text, _json_text) if dice.random() < 0.2 else text


def _json_text(dice: Random) -> str:
    depth = fragments.times(dice)
    return dice.choice(
        (
            '"met": true,',
            "[" * depth,
            '{"x":' * depth,
            "]" * depth,
            "9" * depth,
            "-",
            "1e9999",
            "NaN",
            "Infinity",
            '"\\ud800"',
            '"\\x"',
            "\ufeff",
            "//",
            "'",
            ",",
            fragments.text(dice),
        )
    )


def mutated_bytes(dice: Random, data: bytes) -> bytes:
    """Bytes changed, lost, doubled, or not in UTF-8 any more."""
    match dice.choice(("changed", "lost", "cut", "twice", "put", "put", "coded")):
        case "changed":
            damaged = bytearray(data or b"x")
            for _ in range(dice.randint(1, 8)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            return bytes(damaged)
        case "lost":
            start = dice.randint(0, len(data))
            return data[:start] + data[start + dice.randint(1, 200) :]
        case "cut":
            return data[: dice.randint(0, len(data))]
        case "twice":
            return data * 2
        case "put":
            start = dice.randint(0, len(data))
            piece = dice.choice((b"\0", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe4\xb8", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x1a", bytes(dice.randrange(256) for _ in range(20))))  # fmt: skip
            return data[:start] + piece * min(fragments.times(dice), 500) + data[start:]
    text = data.decode(errors="replace")
    return text.encode(dice.choice(("utf-16", "gb18030", "utf-8-sig", "utf-32", "big5")), errors="replace")


def encoded(dice: Random, text: str) -> bytes:
    """A text as the bytes of a file, now and then damaged."""
    data = text.encode(errors="surrogatepass")
    return mutated_bytes(dice, data) if dice.random() < 0.05 else data
