"""Reading and rewriting WebAssembly modules: just what the snapshot needs of the binary format.

Source: WebAssembly Core Specification, chapter 5 (binary format), with the exception handling of before 3.0 that
Emscripten still writes. Functions are numbered from the first one defined: imported ones are no part of the count.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

_HEADER = b"\0asm\1\0\0\0"
_CUSTOM, _IMPORT, _GLOBAL, _EXPORT, _CODE, _DATA, _DATA_COUNT = 0, 2, 6, 7, 10, 11, 12
_ORDER = (1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11)  # of the sections, by their numbers
FUNCTION, GLOBAL = 0, 3
_I32, _MUTABLE = b"\x7f", b"\x01"
_I32_CONST, _GLOBAL_SET, _END = b"\x41", b"\x24", b"\x0b"
_CALL = 0x10
_TRAP = b"\x00\x00\x0b"  # no locals; unreachable; end
# Zeros shorter than this cost less in a data segment than the start of another segment.
_SHORT_GAP = 32


class WasmError(ValueError):
    """The bytes are no WebAssembly, or use an instruction or a layout that is not expected here."""


@dataclass(frozen=True)
class Wasm:
    """A WebAssembly module in parts.

    Attributes:
        sections: the bytes of each section that is not taken apart below, by its number.
        imports: how many functions are imported.
        imported_globals: how many global variables are imported, each a mutable i32.
        exports: what is exported, as (kind, index) by name; the index counts the imported ones too.
        functions: the body of each function defined.
    """

    sections: Mapping[int, bytes]
    imports: int
    imported_globals: int
    exports: Mapping[str, tuple[int, int]]
    functions: tuple[bytes, ...]


def read(binary: bytes) -> Wasm:
    """Take a module apart; custom sections are left out.

    Raises:
        WasmError: see there.
    """
    if not binary.startswith(_HEADER):
        raise WasmError("not a WebAssembly module of version 1")
    sections: dict[int, bytes] = {}
    at = len(_HEADER)
    while at < len(binary):
        size, start = _number(binary, at + 1)
        if binary[at] != _CUSTOM:
            sections[binary[at]] = binary[start : start + size]
        at = start + size
    kinds = [kind for kind, _ in _imports(sections[_IMPORT])]
    functions = tuple(_sized_items(sections[_CODE]))
    return Wasm(sections, kinds.count(FUNCTION), kinds.count(GLOBAL), _exports(sections[_EXPORT]), functions)


def with_memory(wasm: Wasm, memory: bytes, exports: Collection[str], addresses: Mapping[str, int]) -> Wasm:
    """The module with another initial memory, fewer exports, and constants exported by name.

    Imported globals become globals of its own that hold 0: Emscripten imports the addresses of functions that dynamic
    libraries may bring, of which there are none.
    """
    count, rest = _counted(wasm.sections[_GLOBAL])
    own = [_I32 + _MUTABLE + _I32_CONST + _signed(0) + _END] * wasm.imported_globals
    constants = [_I32 + b"\0" + _I32_CONST + _signed(address) + _END for address in addresses.values()]
    total = wasm.imported_globals + count
    globals_ = _unsigned(total + len(addresses)) + b"".join(own) + rest + b"".join(constants)
    functions_only = [entry for kind, entry in _imports(wasm.sections[_IMPORT]) if kind == FUNCTION]
    named = {name: (GLOBAL, total + index) for index, name in enumerate(addresses)}
    segments = list(_segments(memory))
    sections = {
        **wasm.sections,
        _IMPORT: _unsigned(len(functions_only)) + b"".join(functions_only),
        _GLOBAL: globals_,
        _DATA: _unsigned(len(segments)) + b"".join(segments),
    }
    sections.pop(_DATA_COUNT, None)
    exported = {name: wasm.exports[name] for name in exports}
    return Wasm(sections, wasm.imports, 0, exported | named, wasm.functions)


def with_marks(wasm: Wasm) -> Wasm:
    """The module with a global variable for each function, exported as "#0", "#1", …: 1 once the function was entered."""
    count, rest = _counted(wasm.sections[_GLOBAL])
    first = count + wasm.imported_globals
    marks = (_I32 + _MUTABLE + _I32_CONST + _signed(0) + _END) * len(wasm.functions)
    exports = {f"#{index}": (GLOBAL, first + index) for index in range(len(wasm.functions))}
    functions = []
    for index, body in enumerate(wasm.functions):
        start = _code_start(body)
        mark = _I32_CONST + _signed(1) + _GLOBAL_SET + _unsigned(first + index)
        functions.append(body[:start] + mark + body[start:])
    sections = {**wasm.sections, _GLOBAL: _unsigned(count + len(wasm.functions)) + rest + marks}
    return Wasm(sections, wasm.imports, wasm.imported_globals, {**wasm.exports, **exports}, tuple(functions))


def with_only(wasm: Wasm, needed: Collection[int]) -> Wasm:
    """The module with the bodies of all other functions replaced by a trap, so that no number changes."""
    functions = tuple(body if index in needed else _TRAP for index, body in enumerate(wasm.functions))
    return Wasm(wasm.sections, wasm.imports, wasm.imported_globals, wasm.exports, functions)


def called_from(wasm: Wasm, functions: Iterable[int]) -> set[int]:
    """These functions and all that they call by number, directly or not; calls through the table are not followed.

    Raises:
        WasmError: see there.
    """
    reached = set(functions)
    waiting = list(reached)
    while waiting:
        for callee in _calls(wasm.functions[waiting.pop()]):
            index = callee - wasm.imports
            if index >= 0 and index not in reached:
                reached.add(index)
                waiting.append(index)
    return reached


def write(wasm: Wasm) -> bytes:
    """Put a module together."""
    sections = {
        **wasm.sections,
        _EXPORT: _unsigned(len(wasm.exports))
        + b"".join(
            _sized(name.encode()) + bytes([kind]) + _unsigned(index) for name, (kind, index) in wasm.exports.items()
        ),
        _CODE: _unsigned(len(wasm.functions)) + b"".join(map(_sized, wasm.functions)),
    }
    return _HEADER + b"".join(bytes([number]) + _sized(sections[number]) for number in _ORDER if number in sections)


def _segments(memory: bytes) -> Iterator[bytes]:
    """The memory as active data segments, without the long runs of zeros between them."""
    for match in re.finditer(rb"[^\0]+(?:\0{1,%d}[^\0]+)*" % (_SHORT_GAP - 1), memory):
        yield b"\0" + _I32_CONST + _signed(match.start()) + _END + _sized(match[0])


def _imports(section: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and bytes of each import."""
    count, at = _number(section, 0)
    for _ in range(count):
        start = at
        for _ in range(2):  # the module's name and its own
            size, at = _number(section, at)
            at += size
        kind = section[at]
        if kind == FUNCTION:
            _, at = _number(section, at + 1)
        elif kind == GLOBAL and section[at + 1 : at + 3] == _I32 + _MUTABLE:
            at += 3
        else:
            raise WasmError(f"an import of kind {kind}")
        yield kind, section[start:at]


def _exports(section: bytes) -> dict[str, tuple[int, int]]:
    count, at = _number(section, 0)
    exports = {}
    for _ in range(count):
        size, at = _number(section, at)
        name = section[at : at + size].decode()
        kind = section[at + size]
        index, at = _number(section, at + size + 1)
        exports[name] = (kind, index)
    return exports


def _sized_items(section: bytes) -> Iterator[bytes]:
    count, at = _number(section, 0)
    for _ in range(count):
        size, start = _number(section, at)
        at = start + size
        yield section[start:at]


def _counted(section: bytes) -> tuple[int, bytes]:
    """The count at a section's beginning, and the rest."""
    count, at = _number(section, 0)
    return count, section[at:]


def _code_start(body: bytes) -> int:
    """Where the instructions of a function begin, behind its local variables."""
    groups, at = _number(body, 0)
    for _ in range(groups):
        _, at = _number(body, at)
        at += 1
    return at


def _calls(body: bytes) -> Iterator[int]:
    """The functions called by number in a body, which for that is read instruction by instruction."""
    at = _code_start(body)
    while at < len(body):
        opcode = body[at]
        skip = _OPERANDS.get(opcode)
        if skip is None:
            raise WasmError(f"the instruction {opcode:#04x}")
        if opcode == _CALL:
            yield _number(body, at + 1)[0]
        at = skip(body, at + 1)


def _numbers(count: int) -> Callable[[bytes, int], int]:
    """Skips so many numbers of variable length (LEB128)."""

    def skip(body: bytes, at: int) -> int:
        for _ in range(count):
            while body[at] & 0x80:
                at += 1
            at += 1
        return at

    return skip


def _bytes(count: int) -> Callable[[bytes, int], int]:
    return lambda _, at: at + count


def _branch_table(body: bytes, at: int) -> int:
    count, at = _number(body, at)
    return _numbers(count + 1)(body, at)


def _typed_select(body: bytes, at: int) -> int:
    count, at = _number(body, at)
    return at + count


def _prefixed(body: bytes, at: int) -> int:
    """Conversions without operands (0 to 7), operations on memory and tables with one or two."""
    code, at = _number(body, at)
    if code > 17:
        raise WasmError(f"the instruction 0xfc {code}")
    return _numbers(0 if code < 8 else 2 if code in {8, 10, 12, 14} else 1)(body, at)


_OPERANDS: dict[int, Callable[[bytes, int], int]] = {
    **dict.fromkeys([0x00, 0x01, 0x05, 0x0A, 0x0B, 0x0F, 0x19, 0x1A, 0x1B, *range(0x45, 0xC5), 0xD1], _bytes(0)),
    # Blocks, branches, throw and catch, calls, variables, constants, references: one number each.
    **dict.fromkeys([0x02, 0x03, 0x04, 0x06, 0x07, 0x08, 0x09, 0x0C, 0x0D, 0x10, 0x12, 0x18], _numbers(1)),
    **dict.fromkeys([*range(0x20, 0x27), 0x3F, 0x40, 0x41, 0x42, 0xD0, 0xD2], _numbers(1)),
    **dict.fromkeys([0x11, 0x13, *range(0x28, 0x3F)], _numbers(2)),  # indirect calls, loads and stores
    0x0E: _branch_table,
    0x1C: _typed_select,
    0x43: _bytes(4),
    0x44: _bytes(8),
    0xFC: _prefixed,
}


def _number(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _unsigned(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])


def _signed(value: int) -> bytes:
    encoded = bytearray()
    while not -0x40 <= value < 0x40:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value & 0x7F])


def _sized(content: bytes) -> bytes:
    return _unsigned(len(content)) + content
