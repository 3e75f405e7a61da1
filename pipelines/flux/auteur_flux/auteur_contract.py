"""The contract between Auteur and a container, with nothing but the standard library: a job comes in as `job.json`,
messages go out as lines of JSON, and the last of them says what was made."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn, TextIO

CONTRACT = 1
CANCELLED_EXIT = 128 + signal.SIGTERM
LONGEST_STEP = 500


class JobError(Exception):
    """Why a job cannot be done, in one sentence for whoever asked for it."""


class Cancelled(BaseException):
    """The job is not wanted any more. No `except Exception` of a library keeps it from ending the work."""


@dataclass(frozen=True)
class Prompt:
    """What is to be seen, in its parts and as one text, and what is not."""

    direct: str
    identity: str
    aesthetic: str
    context: str
    negative: str
    text: str


@dataclass(frozen=True)
class Reference:
    """A picture of a character or a location."""

    role: str
    name: str
    path: Path


@dataclass(frozen=True)
class Job:
    """One request to make one take."""

    id: str
    address: str
    take_number: int
    quality: str
    seed: int
    prompt: Prompt
    width: int
    height: int
    parameters: Fields
    references: Sequence[Reference] = ()
    panel: Mapping[str, object] = field(default_factory=dict)


class Fields:
    """Values of a JSON object by their names; a value of another type than is needed is an error that names it."""

    def __init__(self, values: object, where: str) -> None:
        if not isinstance(values, dict):
            raise JobError(f"{where} is no object")
        self.values: Mapping[str, object] = values
        self._where = where

    def _fail(self, name: str, needed: str) -> NoReturn:
        raise JobError(f'"{name}" of {self._where} is not {needed}')

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        value = self.values.get(name, default)
        return value if isinstance(value, str) else self._fail(name, "a text")

    def whole(self, name: str, default: int | None = None, least: int = 0) -> int:
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self._fail(name, f"a whole number of at least {least}")
        return value

    def number(self, name: str, default: float | None = None, least: float = 0, most: float = 100) -> float:
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            self._fail(name, f"a number from {least:g} to {most:g}")
        return float(value)

    def object(self, name: str) -> Fields:
        return Fields(self.values.get(name), f'"{name}" of {self._where}')

    def objects(self, name: str) -> Sequence[Fields]:
        value = self.values.get(name, [])
        if not isinstance(value, list):
            self._fail(name, "a list")
        return [Fields(one, f'"{name}"[{index}] of {self._where}') for index, one in enumerate(value)]


def read_job(path: Path) -> Job:
    """Reads `job.json`; fields that are not known here are left alone."""
    try:
        fields = Fields(json.loads(path.read_text(encoding="utf-8")), "the job")
    except (OSError, ValueError) as error:
        raise JobError(f"{path} cannot be read: {error}") from error
    contract = fields.whole("contract")
    if contract != CONTRACT:
        raise JobError(f"the job is written in contract {contract}, and this image knows contract {CONTRACT}")
    words = fields.object("prompt")
    return Job(
        id=fields.text("job"),
        address=fields.text("address"),
        take_number=fields.whole("takeNumber", least=1),
        quality=fields.text("quality"),
        seed=fields.whole("seed"),
        prompt=Prompt(**{part: words.text(part) for part in Prompt.__dataclass_fields__}),
        width=fields.whole("width", least=1),
        height=fields.whole("height", least=1),
        parameters=fields.object("parameters"),
        references=[
            Reference(role=one.text("role"), name=one.text("name"), path=Path(one.text("path")))
            for one in fields.objects("references")
        ],
        panel=fields.object("panel").values,
    )


def inside(folder: Path, file: str) -> Path:
    """The absolute path of what a job names within a folder; nothing outside of it, not by a link either."""
    parts = file.split("/")
    if file.startswith("/") or "\\" in file or "\0" in file or any(part in ("", ".", "..") for part in parts):
        raise JobError(f'"{file}" is not a path within {folder}')
    try:
        real = (folder / file).resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise JobError(f'"{file}" is not in {folder}') from error
    if not real.is_relative_to(folder.resolve()):
        raise JobError(f'"{file}" is a link out of {folder}')
    return real


@dataclass(frozen=True)
class Output:
    """A file that was made, by its name in the output folder."""

    path: str
    media_type: str
    metadata: Mapping[str, object] = field(default_factory=dict)


class Messages:
    """What a pipeline says: one JSON object a line, each written whole and at once."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def _say(self, message: Mapping[str, object]) -> None:
        self._stream.write(json.dumps(message) + "\n")
        self._stream.flush()

    def progress(self, progress: float, step: str) -> None:
        self._say({"type": "progress", "progress": round(min(1.0, max(0.0, progress)), 4), "step": step[:LONGEST_STEP]})

    def log(self, message: str) -> None:
        self._say({"type": "log", "message": message})

    def result(self, outputs: Sequence[Output]) -> None:
        files = [
            {"path": one.path, "mediaType": one.media_type, "metadata": dict(one.metadata)} for one in outputs
        ]
        self._say({"type": "result", "outputs": files})


class Cancellation:
    """SIGTERM, as an exception in what is being done and as a question for what swallowed it."""

    def __init__(self) -> None:
        self._asked = False

    def listen(self) -> None:
        signal.signal(signal.SIGTERM, self._end)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True
        raise Cancelled

    def check(self) -> None:
        if self._asked:
            raise Cancelled


@dataclass(frozen=True)
class Workplace:
    """Where things are in the container."""

    job: Path
    output: Path
    models: Path

    @staticmethod
    def of(environment: Mapping[str, str]) -> Workplace:
        return Workplace(
            job=Path(environment.get("AUTEUR_JOB", "/auteur/job.json")),
            output=Path(environment.get("AUTEUR_OUTPUT", "/auteur/output")),
            models=Path(environment.get("AUTEUR_MODELS", "/models")),
        )


@dataclass(frozen=True)
class Run:
    """What a pipeline is given."""

    job: Job
    place: Workplace
    messages: Messages
    cancellation: Cancellation


def own_stdout() -> TextIO:
    """Keeps standard output for messages: what libraries print goes to standard error, and so to the log."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return own


def run_pipeline(pipeline: Callable[[Run], Sequence[Output]], environment: Mapping[str, str]) -> int:
    """Runs a pipeline on the job of this container, and returns the exit code."""
    messages = Messages(own_stdout())
    cancellation = Cancellation()
    try:
        cancellation.listen()
        place = Workplace.of(environment)
        run = Run(read_job(place.job), place, messages, cancellation)
        outputs = pipeline(run)
        cancellation.check()
        messages.result(outputs)
        return 0
    except Cancelled:
        print("cancelled", file=sys.stderr)
        return CANCELLED_EXIT
    except JobError as error:
        print(f"error: {one_line(error)}", file=sys.stderr)
        return 1


def one_line(error: object) -> str:
    return " ".join(str(error).split())
