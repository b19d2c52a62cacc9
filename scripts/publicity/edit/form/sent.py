"""The files that a form says."""

from collections.abc import Mapping

from publicity.edit.checking import BODY, ENGLISH, RAW
from publicity.edit.drafts import Draft, RefusedError
from publicity.edit.form.forms import Choices, FormField, Values, data_of, form_of
from publicity.edit.front_matter import MarkdownFile
from publicity.edit.git.repository import Changes
from publicity.models import Translation
from publicity.read.characters import unseen
from publicity.read.files.encodings import with_plain_ends


def files_of(draft: Draft, sent: Values, choices: Choices) -> Changes:
    """The files of an entry after its form was sent; what the form does not change is as it was.

    Raises:
        RefusedError: they could not be read again.
    """
    name = draft.name
    whole = {RAW: name.path, f"{ENGLISH}{RAW}": name.english}
    if not sent or whole.keys() & sent.keys():
        return {path: _whole(draft, path, sent[key]) for key, path in whole.items() if key in sent}
    own = {key: text for key, text in sent.items() if not key.startswith(ENGLISH)}
    english = {key.removeprefix(ENGLISH): text for key, text in sent.items() if key.startswith(ENGLISH)}
    files = {name.path: _filled(draft.file, form_of(name.model, choices), own)}
    if draft.text(name.english) or any(text.strip() for text in english.values()):
        files[name.english] = _filled(draft.english, form_of(Translation, choices), english)
    before = {name.path: draft.file, name.english: draft.english}
    made: dict[str, bytes | None] = {
        path: draft.content(path) if file == before[path] else file.text.encode() for path, file in files.items()
    }
    begun = {**draft.published, **draft.saved}
    if not any(text.strip() for text in english.values()) and name.english not in begun:
        made[name.english] = None  # an English side that was begun, and given up
    return made


def raw_of(draft: Draft) -> tuple[str, ...]:
    """The controls for those of an entry's files whose fields cannot be read."""
    files = {
        RAW: (draft.file, draft.text(draft.name.path)),
        f"{ENGLISH}{RAW}": (draft.english, draft.text(draft.name.english)),
    }
    return tuple(key for key, (file, text) in files.items() if text and not file.is_readable)


def dropped(draft: Draft, sent: Values) -> tuple[str, ...]:
    """The characters among what was sent that its fields do not hold, for they show nothing."""
    fields = (text for key, text in sent.items() if key.rpartition(".")[2] not in (BODY, RAW))
    gone = unseen(fields) - unseen((draft.file.front_matter, draft.english.front_matter)) - {"\r"}
    return tuple(f"U+{ord(sign):04X}" for sign in sorted(gone))


def _whole(draft: Draft, path: str, sent: str) -> bytes | None:
    """A file whose text was sent. One that says the same stays as it is, in whatever encoding and with whatever line ends."""
    text, before = with_plain_ends(sent), draft.text(path)
    if text == with_plain_ends(before):
        return draft.content(path)
    return text.replace("\n", "\r\n" if "\r\n" in before else "\n").encode()


def _filled(file: MarkdownFile, fields: tuple[FormField, ...], sent: Mapping[str, str]) -> MarkdownFile:
    """A file after its part of a form was sent."""
    values = dict(sent)
    body = values.pop(BODY, file.body).replace("\r\n", "\n").strip("\n")
    data = data_of(fields, file.data, values)
    file = file.with_data(data)
    if data and not file.data:  # written so, all other fields would be lost with it
        raise RefusedError("unwritable")
    return file if body == file.body.strip("\n") else file.with_body(f"\n{body}\n")
