from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest import TestCase, main

from auteur_flux.auteur_contract import Fields, JobError, Messages, Output, inside, read_job

from .scene import a_job, folder, written

FLUX = Path(__file__).resolve().parent.parent


class ReadingAJob(TestCase):
    def read(self, content: object) -> object:
        return read_job(written(folder(self) / "job.json", content))

    def refused(self, content: object, words: str) -> None:
        with self.assertRaisesRegex(JobError, words):
            self.read(content)

    def test_takes_what_auteur_writes(self) -> None:
        reference = {"role": "character", "name": "Ada", "path": "/auteur/inputs/01.png"}
        job = read_job(written(folder(self) / "job.json", a_job(references=[reference], later="unknown")))
        self.assertEqual((job.seed, job.width, job.height, job.take_number), (7, 1024, 576, 2))
        self.assertEqual(job.prompt.identity, "adaxyz, Ada, grey hair")
        self.assertEqual(job.references[0].path, Path("/auteur/inputs/01.png"))
        self.assertEqual(job.parameters.text("quality"), "low")

    def test_names_what_is_wrong(self) -> None:
        self.refused(a_job(contract=2), "contract 2.*knows contract 1")
        self.refused(a_job(seed="7"), '"seed" of the job is not a whole number')
        self.refused(a_job(seed=True), '"seed"')
        self.refused(a_job(width=0), '"width" of the job is not a whole number of at least 1')
        self.refused(a_job(prompt={"direct": ""}), '"identity" of "prompt" of the job is not a text')
        self.refused(a_job(parameters=[]), '"parameters" of the job is no object')
        self.refused(a_job(references={}), '"references" of the job is not a list')
        self.refused("{", "cannot be read")
        self.refused("[]", "the job is no object")

    def test_a_file_that_is_not_there_is_named(self) -> None:
        with self.assertRaisesRegex(JobError, "job.json cannot be read"):
            read_job(folder(self) / "job.json")

    def test_numbers_have_bounds(self) -> None:
        fields = Fields({"scale": 3, "nan": float("nan"), "none": None}, "x")
        self.assertEqual(fields.number("scale"), 3.0)
        for name, most in (("scale", 2), ("nan", 100), ("none", 100)):
            with self.assertRaises(JobError):
                fields.number(name, most=most)


class PathsOfAJob(TestCase):
    def test_stay_within_their_folder(self) -> None:
        models = folder(self)
        file = written(models / "loras" / "ada.safetensors")
        self.assertEqual(inside(models, "loras/ada.safetensors"), file.resolve())
        for path in ("../x", "/etc/passwd", "loras/../../x", "a\\b", "", ".", "loras//ada.safetensors", "a\0b"):
            with self.subTest(path), self.assertRaisesRegex(JobError, "is not a path within"):
                inside(models, path)

    def test_that_are_links_out_or_lead_nowhere_are_refused(self) -> None:
        models, elsewhere = folder(self), folder(self)
        written(elsewhere / "ada.safetensors")
        (models / "out").symlink_to(elsewhere)
        (models / "circle").symlink_to(models / "circle")
        for path, words in (
            ("out/ada.safetensors", "is a link out of"),
            ("circle", "is not in"),
            ("nothing", "is not in"),
        ):
            with self.subTest(path), self.assertRaisesRegex(JobError, words):
                inside(models, path)


class WhatIsSaid(TestCase):
    def test_is_one_object_a_line(self) -> None:
        out = io.StringIO()
        messages = Messages(out)
        messages.progress(1.5, "x" * 600)
        messages.log("two\nlines – ü")
        messages.result([Output("picture.png", "image/png", {"width": 16})])
        progress, log, result = (json.loads(line) for line in out.getvalue().splitlines())
        self.assertEqual(progress, {"type": "progress", "progress": 1.0, "step": "x" * 500})
        self.assertEqual(log, {"type": "log", "message": "two\nlines – ü"})
        expected = [{"path": "picture.png", "mediaType": "image/png", "metadata": {"width": 16}}]
        self.assertEqual(result, {"type": "result", "outputs": expected})


class AProcess(TestCase):
    """The contract as a process of its own keeps it."""

    def start(self, body: str, job: object | None = None) -> subprocess.Popen[str]:
        place = folder(self)
        written(place / "job.json", a_job() if job is None else job)
        program = (
            "import os, sys, time\n"
            "from auteur_flux.auteur_contract import *\n"
            f"def pipeline(run):\n{body}\n"
            "sys.exit(run_pipeline(pipeline, os.environ))\n"
        )
        environment = {**os.environ, "AUTEUR_JOB": str(place / "job.json"), "AUTEUR_OUTPUT": str(place)}
        command = [sys.executable, "-c", program]
        return subprocess.Popen(
            command, cwd=FLUX, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def ended(self, process: subprocess.Popen[str]) -> tuple[int, Sequence[str], str]:
        out, error = process.communicate(timeout=20)
        return process.returncode, out.splitlines(), error

    def test_ends_well_with_its_result_last(self) -> None:
        body = "  run.messages.progress(0.5, 'half')\n  return [Output('picture.png', 'image/png')]"
        code, lines, _ = self.ended(self.start(body))
        self.assertEqual(code, 0)
        self.assertEqual([json.loads(line)["type"] for line in lines], ["progress", "result"])

    def test_what_a_library_prints_is_no_message(self) -> None:
        body = "  print('{\"type\": \"result\"')\n  os.write(1, b'half a line')\n  return []"
        code, lines, error = self.ended(self.start(body))
        self.assertEqual((code, len(lines)), (0, 1))
        self.assertIn("half a line", error)

    def test_an_error_is_one_line_and_exit_1(self) -> None:
        code, lines, error = self.ended(self.start("  raise JobError('no\\nmodel')"))
        self.assertEqual((code, lines, error), (1, [], "error: no model\n"))
        code, lines, error = self.ended(self.start("  return []", a_job(contract=9)))
        self.assertEqual((code, lines), (1, []))
        self.assertIn("contract 9", error)

    def test_sigterm_cancels_whatever_is_being_done(self) -> None:
        swallowed = (
            "  run.messages.log('ready')\n"
            "  try:\n    time.sleep(20)\n  except BaseException:\n    pass\n"
            "  return [Output('picture.png', 'image/png')]"
        )
        plain = "  run.messages.log('ready')\n  try:\n    time.sleep(20)\n  except Exception:\n    pass\n  return []"
        for body in (plain, swallowed):
            with self.subTest(body):
                process = self.start(body)
                assert process.stdout is not None
                self.assertIn("ready", process.stdout.readline())
                process.send_signal(signal.SIGTERM)
                code, lines, error = self.ended(process)
                self.assertEqual((code, lines, error), (143, [], "cancelled\n"))


if __name__ == "__main__":
    main()
