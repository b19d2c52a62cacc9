"""The page in front of a desk: addresses, templates and JSON, and nothing else."""

import dataclasses
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from publicity.edit.answers import Answer, Checked, Row
from publicity.edit.attaching import LARGEST
from publicity.edit.checking import BODY, RAW, Told
from publicity.edit.desk import Desk, open_findings
from publicity.edit.drafts import EntryName, RefusedError
from publicity.edit.form.forms import PLACE, TEXT, FormField, Values
from publicity.edit.git.repository import ChangedMeanwhileError
from publicity.edit.page.pages import FOLDER, page
from publicity.edit.page.safety import POLICY, Guard, Next
from publicity.edit.page.words import words
from publicity.edit.review import Role
from publicity.labels.sentences import line_of, lines_of
from publicity.models import ENTRY_MODELS
from publicity.problems import BuildError, ContentError, ToolError, system_problem, unexpected_problem
from publicity.servers.headers import HEADERS as SITE_HEADERS

VERSION, PAGE = "~version", "~page"
REASON, SLUG = "~reason", "~slug"
ROLE_ZH, ROLE_EN = "~role.zh", "~role.en"
_MOST_FIELDS = 20_000

GROUPS = {
    "source": {"source", "sources", "published_note", "official_url", "corrections"},
    "more": {
        "aliases",
        "embargo",
        "expires",
        "sample",
        "supports",
        "published_time",
        "history",
        "translation",
        "video",
    },
}
"""Which fields stand in which group; what must be written stands in the first, whatever it is."""


def make_app(desk: Desk, token: str, host: str, port: int) -> Starlette:
    """The application; every address begins with the token."""
    pages = _Pages(desk, f"/{token}")
    entry = "/entry/{collection}/{slug}"
    routes: list[Route | Mount] = [
        Route("/", pages.list),
        Route("/new", pages.new, methods=["GET", "POST"]),
        Route("/take-up", pages.take_up, methods=["POST"]),
        Route("/report", pages.report),
        Route(entry, pages.entry),
        Route(f"{entry}/compare", pages.compare),
        Route(f"{entry}/versions", pages.versions),
        Route("/entry/newsletter/{slug}/copy", pages.copy),
        Route("/entry/newsletter/{slug}/copy/{file}", pages.copy),
        Route(f"{entry}/restore", pages.restore, methods=["POST"]),
        Route(f"{entry}/keep", pages.keep, methods=["POST"]),
        Route(f"{entry}/attach", pages.attach, methods=["POST"]),
        Route(f"{entry}/paste", pages.paste, methods=["POST"]),
        Route(entry + "/act/{action}", pages.act, methods=["POST"]),
        Route("/preview/{collection}/{slug}/{path:path}", pages.preview),
        Mount("/static", StaticFiles(directory=FOLDER / "static"), name="static"),
    ]
    guard = Guard(token, host, port)
    return Starlette(
        routes=[Mount(f"/{token}", routes=routes)],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard), Middleware(BaseHTTPMiddleware, dispatch=_told)],
        exception_handlers={ClientDisconnect: _gone},
    )


def _gone(_: Request, __: Exception) -> Response:
    """What nobody hears any more: the page was closed while it sent something."""
    return Response(status_code=400)


async def _told(request: Request, go_on: Next) -> Response:
    """The answer to a request. What stops it, such as a full disk, is told in words: editors can do nothing with a traceback."""
    try:
        return await go_on(request)
    except ToolError as error:
        problem = error.problem
    except OSError as error:
        problem = system_problem(error)
    except Exception as error:  # noqa: BLE001 - the page must learn that nothing was kept
        problem = unexpected_problem(error)
    text = line_of(problem)
    is_page = request.headers.get("sec-fetch-dest") in ("document", "iframe")
    return PlainTextResponse(text, 503) if is_page else JSONResponse({"said": text}, 503)


class _Pages:
    """An answer to each address."""

    def __init__(self, desk: Desk, root: str) -> None:
        self._desk = desk
        self._root = root

    async def list(self, request: Request) -> Response:
        """The entries, by kind."""
        offline = await run_in_threadpool(self._desk.meet)
        rows = await run_in_threadpool(self._desk.entries)
        kinds: dict[str, list[Row]] = {name: [] for name in ENTRY_MODELS}
        for row in rows:
            kinds[row.name.collection].append(row)
        did = words("said").get(request.query_params.get("did", ""), "")
        loose = await run_in_threadpool(self._desk.uncommitted)
        return self._page("list.html", kinds=kinds, offline=offline, did=did, loose=loose)

    async def take_up(self, request: Request) -> Response:
        """Make a draft of an entry that was written into the folder."""
        form = await request.form(max_files=0)
        sent = str(form.get("kind", "")), str(form.get("slug", ""))
        try:
            name = await run_in_threadpool(self._desk.take_up, *sent)
        except RefusedError as error:
            return RedirectResponse(f"{self._root}/?did={error.code}", 303)
        return RedirectResponse(f"{self._root}{_address(name)}", 303)

    async def new(self, request: Request) -> Response:
        """Begin an entry."""
        sent, fault = {"kind": "", "slug": "", "title": "", "own": ""}, ""
        if request.method == "POST":
            form = await request.form()
            sent |= {key: str(value) for key, value in form.items() if key in sent}
            word = form.get("word")
            document = await word.read() if isinstance(word, UploadFile) else b""
            try:
                name = await run_in_threadpool(self._begun, sent, document)
                return RedirectResponse(f"{self._root}{_address(name)}", 303)
            except RefusedError as error:
                fault = words("said")[error.code]
            except (ToolError, ContentError) as error:
                fault = " ".join(lines_of(error))
        return self._page("new.html", sent=sent, fault=fault, imports=self._desk.importer is not None)

    def _begun(self, sent: dict[str, str], document: bytes) -> EntryName:
        """An entry begun, from a Word file where one was sent."""
        arguments, is_own = (sent["kind"], sent["slug"].strip(), sent["title"]), bool(sent["own"])
        if document:
            return self._desk.begin_from(*arguments, document, is_own=is_own)
        return self._desk.begin(*arguments, is_own=is_own)

    async def report(self, _: Request) -> Response:
        """What the inspection of the region says."""
        text = await run_in_threadpool(self._desk.report)
        return HTMLResponse(text, headers=SITE_HEADERS)

    async def entry(self, request: Request) -> Response:
        """The form of an entry."""
        name = await self._name(request)
        sheet = await run_in_threadpool(self._desk.open, name)
        roles = await run_in_threadpool(self._desk.roles)
        return self._page(
            "entry.html",
            sheet=sheet,
            name=name,
            base=f"{self._root}{_address(name)}",
            groups=_grouped(sheet.fields),
            english={one.key: one for one in sheet.english},
            roles=roles,
            did=words("said").get(request.query_params.get("did", ""), ""),
            names={"version": VERSION, "page": PAGE, "reason": REASON, "slug": SLUG, "role_zh": ROLE_ZH, "role_en": ROLE_EN, "place": PLACE, "text": TEXT, "raw": RAW, "body": BODY},
        )  # fmt: skip

    async def compare(self, request: Request) -> Response:
        """An entry beside what it was."""
        name = await self._name(request)
        files = await run_in_threadpool(self._desk.difference, name, request.query_params.get("with", ""))
        return self._page(
            "compare.html", title=await self._title(name), files=files, base=f"{self._root}{_address(name)}"
        )

    async def copy(self, request: Request) -> Response:
        """An issue of the newsletter to copy into WeChat, or one of its pictures."""
        name = await self._name(request)
        try:
            sheet = await run_in_threadpool(self._desk.copied, name)
        except (ContentError, ToolError) as error:
            return self._page("later.html", text=" ".join(lines_of(error)))
        file = request.path_params.get("file")
        if file in sheet.pictures:
            return FileResponse(sheet.pictures[file])
        if file:
            raise HTTPException(404)
        title = await self._title(name)
        return self._page("copy.html", title=title, slug=name.slug, sheet=sheet, base=f"{self._root}{_address(name)}")

    async def versions(self, request: Request) -> Response:
        """The versions of an entry."""
        name = await self._name(request)
        found = await run_in_threadpool(self._desk.versions, name)
        return self._page(
            "versions.html", title=await self._title(name), found=found, base=f"{self._root}{_address(name)}"
        )

    async def restore(self, request: Request) -> Response:
        """Bring a version back."""
        name = await self._name(request)
        form = await request.form()
        answer = await run_in_threadpool(self._desk.restore, name, str(form.get("commit", "")))
        return RedirectResponse(f"{self._root}{_address(name)}?did={answer.said}", 303)

    async def keep(self, request: Request) -> Response:
        """Keep what was typed, and say what is wrong with it."""
        name = await self._name(request)
        version, sent, _ = await _sent(request)
        try:
            page = sent.pop(PAGE, "")
            for key in (REASON, SLUG):
                sent.pop(key, None)
            checked = await run_in_threadpool(self._desk.keep, name, version, sent, page)
        except ChangedMeanwhileError:
            return JSONResponse({"said": words("said")["changed"]}, 409)
        except RefusedError as error:
            return JSONResponse({"said": words("said")[error.code]}, 422)
        return JSONResponse(_shown(checked))

    async def attach(self, request: Request) -> Response:
        """Put a file beside an entry."""
        name = await self._name(request)
        file = (await request.form()).get("file")
        if not isinstance(file, UploadFile):
            raise HTTPException(400)
        try:
            attached = await run_in_threadpool(self._desk.attach, name, file.filename or "", await file.read())
        except RefusedError as error:
            return JSONResponse({"said": words("said")[error.code]}, 422)
        except ContentError as error:
            return JSONResponse({"said": " ".join(line_of(problem) for problem in error.problems)}, 422)
        except ChangedMeanwhileError:
            return JSONResponse({"said": words("said")["changed"]}, 409)
        said = " ".join(filter(None, (words("said")["attached"], attached.remark)))
        return JSONResponse(dataclasses.asdict(attached) | {"markdown": attached.markdown, "said": said})

    async def paste(self, request: Request) -> Response:
        """Text of Word and WPS as Markdown."""
        name = await self._name(request)
        form = await request.form(max_files=0, max_part_size=LARGEST)
        try:
            markdown, remarks = await run_in_threadpool(self._desk.pasted, name, str(form.get("html", "")))
        except (ToolError, ContentError) as error:
            secret = isinstance(error, ToolError) and error.problem.code == "import-classified"
            return JSONResponse({"said": " ".join(lines_of(error)), "isSecret": secret}, 422)
        said = words("said")["pasted" if remarks else "pasted-clean"]
        return JSONResponse({"markdown": markdown, "said": said, "remarks": remarks})

    async def act(self, request: Request) -> Response:
        """Take a step."""
        name = await self._name(request)
        version, sent, role = await _sent(request)
        page = sent.pop(PAGE, "")
        reason, slug = sent.pop(REASON, ""), sent.pop(SLUG, "").strip()
        action = request.path_params["action"]
        if action in ("keep-ours", "take-theirs"):
            answer = await run_in_threadpool(self._desk.settle, name, sent, role, ours=action == "keep-ours")
        elif action == "take-down":
            answer = await run_in_threadpool(self._desk.take_down, name, version, reason, role)
        elif action == "discard":
            answer = await run_in_threadpool(self._desk.discard, name, version, role)
        elif action == "rename":
            answer = await run_in_threadpool(self._desk.rename, name, version, slug, role)
        elif action in ("save", "submit", "review", "approve", "withdraw"):
            answer = await run_in_threadpool(self._desk.act, name, action, version, sent, role, page)
        else:
            raise HTTPException(404)
        status = 200 if answer.is_done else 409 if answer.is_changed else 422
        place = "/" if action in ("take-down", "discard") else _address(answer.name or name)
        return JSONResponse({"said": _words_of(answer), "code": answer.said, "next": f"{self._root}{place}"}, status)

    async def preview(self, request: Request) -> Response:
        """A file of the site with an entry's draft in it."""
        name = await self._name(request)
        path = request.path_params["path"]
        if path.endswith("/") or not path:
            path += "index.html"
        try:
            file = await run_in_threadpool(self._desk.page, name, path)
        except BuildError as error:
            return self._page("later.html", text=line_of(error.problem))
        if file is None and path.endswith("index.html"):
            return self._page("later.html", text="")
        if file is None:
            raise HTTPException(404)
        return FileResponse(file, headers=SITE_HEADERS)

    async def _title(self, name: EntryName) -> str:
        return (await run_in_threadpool(self._desk.open, name)).title

    async def _name(self, request: Request) -> EntryName:
        collection = request.path_params.get("collection", "newsletter")
        found = await run_in_threadpool(self._desk.find, collection, request.path_params["slug"])
        if found is None:
            raise HTTPException(404)
        return found

    def _page(self, template: str, **values: Any) -> Response:  # noqa: ANN401 - as a template takes them
        text = page(template, self._root, self._desk.region, **values)
        status = 200
        # The preview's frame shows this page, too.
        headers = {"Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")}
        return HTMLResponse(text, status, headers=headers if template == "later.html" else None)


def _address(name: EntryName) -> str:
    return f"/entry/{name.collection}/{name.slug}"


def _grouped(fields: tuple[FormField, ...]) -> dict[str, list[FormField]]:
    groups: dict[str, list[FormField]] = {"basic": [], "source": [], "review": [], "more": []}
    for one in fields:
        if one.key == "review":
            note = tuple(inner for inner in one.fields if inner.key == "note")
            groups["review"].append(dataclasses.replace(one, fields=note))
            continue
        own = next((group for group, keys in GROUPS.items() if one.key in keys), "basic")
        groups["basic" if own == "more" and one.required else own].append(one)
    return groups


async def _sent(request: Request) -> tuple[str, Values, Role]:
    """The version that a form was made from, what its controls say, and who sends it."""
    form = await request.form(max_files=0, max_fields=_MOST_FIELDS, max_part_size=LARGEST)
    values: Values = {}
    for key, value in form.multi_items():
        values[key] = f"{values[key]}\n{value}" if key in values else str(value)
    version = values.pop(VERSION, "")
    role = Role(values.pop(ROLE_ZH, "").strip(), values.pop(ROLE_EN, "").strip())
    return version, values, role


def _shown(checked: Checked) -> dict[str, Any]:
    return {
        "version": checked.version,
        "state": checked.state,
        "stateWords": words("states")[checked.state],
        "isKept": checked.is_kept,
        "isSound": checked.is_sound,
        "dropped": words("said")["dropped"].replace("{characters}", "、".join(checked.dropped))
        if checked.dropped
        else "",
        "problems": [_row(told) for told in open_findings(checked.findings)],
        "elsewhere": list(checked.findings.elsewhere),
    }


def _row(told: Told) -> dict[str, Any]:
    place = words("words")["line"].replace("{line}", str(told.line)) if told.line else ""
    return dataclasses.asdict(told) | {"place": place}


def _words_of(answer: Answer) -> str:
    return words("said")[answer.said] + (f" {answer.detail}" if answer.detail else "")
