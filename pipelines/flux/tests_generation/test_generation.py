"""The real generation code, on the CPU, from job.json to the picture."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import TestCase, main

from PIL import Image

from tests.scene import a_job, folder, written

from .tiny_flux import save_tiny_adapter, save_tiny_flux, save_tiny_lora

FLUX = Path(__file__).resolve().parent.parent


class Made:
    def __init__(self, code: int, said: list[dict[str, Any]], error: str, output: Path) -> None:
        self.code, self.said, self.error, self.output = code, said, error, output

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.said if message["type"] == kind]

    @property
    def log(self) -> str:
        return "\n".join(message["message"] for message in self.of("log"))

    @property
    def picture(self) -> Path:
        [result] = self.of("result")
        [output] = result["outputs"]
        return self.output / str(output["path"])


class Generating(TestCase):
    models: Path

    @classmethod
    def setUpClass(cls) -> None:
        place = tempfile.TemporaryDirectory()
        cls.addClassCleanup(place.cleanup)
        cls.models = Path(place.name)
        save_tiny_flux(cls.models / "FLUX.1-dev")
        save_tiny_flux(cls.models / "FLUX.1-schnell", guidance=False)
        save_tiny_flux(cls.models / "kontext", kontext=True)
        save_tiny_lora(cls.models / "loras" / "ada.safetensors")
        save_tiny_adapter(cls.models / "ip" / "adapter.safetensors", cls.models / "clip")

    def start(self, parameters: dict[str, Any], **fields: Any) -> tuple[subprocess.Popen[str], Path]:
        place = folder(self)
        output = place / "output"
        output.mkdir()
        job = a_job(**{"width": 72, "height": 64, **fields}, parameters=parameters)
        environment = {
            **os.environ,
            "AUTEUR_JOB": str(written(place / "job.json", job)),
            "AUTEUR_OUTPUT": str(output),
            "AUTEUR_MODELS": str(self.models),
        }
        command = [sys.executable, "-m", "auteur_flux"]
        process = subprocess.Popen(
            command, cwd=FLUX, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        return process, output

    def make(self, parameters: dict[str, Any], **fields: Any) -> Made:
        process, output = self.start(parameters, **fields)
        out, error = process.communicate(timeout=300)
        return Made(process.returncode, [json.loads(line) for line in out.splitlines()], error, output)

    def made(self, parameters: dict[str, Any], **fields: Any) -> Made:
        made = self.make(parameters, **fields)
        self.assertEqual(made.code, 0, made.error)
        return made

    def reference(self, role: str, colour: str) -> dict[str, str]:
        path = folder(self) / f"{role}.png"
        Image.new("RGB", (48, 32), colour).save(path)
        return {"role": role, "name": role.title(), "path": str(path)}


class TextToImage(Generating):
    def test_makes_a_picture_step_by_step(self) -> None:
        made = self.made({"quality": "low", "model": "FLUX.1-dev", "steps": 3})
        with Image.open(made.picture) as picture:
            self.assertEqual((picture.format, picture.size), ("PNG", (80, 64)))
        self.assertEqual([path.name for path in made.output.iterdir()], ["picture.png"])
        [result] = made.of("result")
        expected = {"path": "picture.png", "mediaType": "image/png", "metadata": {"width": 80, "height": 64}}
        self.assertEqual(result["outputs"], [expected])
        self.assertIs(made.said[-1], result)
        steps = [message["step"] for message in made.of("progress")]
        self.assertEqual([step for step in steps if step.startswith("Step")], [f"Step {n} of 3" for n in (1, 2, 3)])
        shares = [message["progress"] for message in made.of("progress")]
        self.assertEqual(shares, sorted(shares))
        self.assertIn("Made in 80 × 64 instead of 72 × 64", made.log)
        self.assertNotIn("Traceback", made.error)

    def test_the_seed_decides(self) -> None:
        wish: dict[str, Any] = {"quality": "low", "steps": 1}
        one, same, other = (self.made(wish, seed=seed).picture.read_bytes() for seed in (7, 7, 8))
        self.assertEqual(one, same)
        self.assertNotEqual(one, other)

    def test_a_lora_changes_the_picture_and_its_weight_counts(self) -> None:
        wish: dict[str, Any] = {"quality": "standard", "steps": 1}
        lora = {"file": "loras/ada.safetensors"}
        plain = self.made(wish).picture.read_bytes()
        full = self.made({**wish, "loras": [{**lora, "weight": 1, "trigger": "adaxyz"}]})
        none = self.made({**wish, "loras": [{**lora, "weight": 0}]}).picture.read_bytes()
        self.assertIn("LoRA ada.safetensors with weight 1.", full.log)
        self.assertNotEqual(full.picture.read_bytes(), plain)
        self.assertEqual(none, plain)

    def test_a_lora_of_another_model_is_one_clear_line(self) -> None:
        from safetensors.torch import save_file
        import torch

        other = self.models / "loras" / "other.safetensors"
        layer = "transformer.transformer_blocks.0.attn.to_q"
        save_file(
            {f"{layer}.lora_A.weight": torch.ones(4, 7), f"{layer}.lora_B.weight": torch.ones(7, 4)}, other
        )
        made = self.make({"quality": "low", "loras": [{"file": "loras/other.safetensors"}]})
        self.assertEqual((made.code, made.of("result")), (1, []))
        self.assertRegex(made.error.strip().splitlines()[-1], "^error: the LoRA other.safetensors does not fit")

    def test_a_negative_prompt_is_heeded_with_a_scale(self) -> None:
        wish: dict[str, Any] = {"quality": "standard", "steps": 1}
        prompt = {**a_job()["prompt"], "negative": "hat"}
        plain, scaled = self.made(wish, prompt=prompt), self.made({**wish, "trueCfgScale": 4}, prompt=prompt)
        self.assertNotEqual(plain.picture.read_bytes(), scaled.picture.read_bytes())


class WithReferences(Generating):
    def test_kontext_begins_with_the_character(self) -> None:
        wish: dict[str, Any] = {"quality": "low", "model": "kontext", "steps": 1}
        red, blue = (self.made(wish, references=[self.reference("character", c)]) for c in ("red", "blue"))
        with Image.open(red.picture) as picture:
            self.assertEqual(picture.size, (80, 64))
        self.assertIn("The reference picture of character Character is used.", red.log)
        self.assertNotEqual(red.picture.read_bytes(), blue.picture.read_bytes())

    def test_strength_begins_with_the_location(self) -> None:
        wish: dict[str, Any] = {"quality": "low", "strength": 0.5, "steps": 4}
        red, blue = (self.made(wish, references=[self.reference("location", c)]) for c in ("red", "blue"))
        self.assertNotEqual(red.picture.read_bytes(), blue.picture.read_bytes())
        self.assertEqual(red.of("progress")[-2]["step"], "Step 2 of 2")

    def test_an_adapter_takes_the_likeness(self) -> None:
        adapter = {"file": "ip/adapter.safetensors", "encoder": "clip", "scale": 1}
        wish: dict[str, Any] = {"quality": "standard", "steps": 1, "ipAdapter": adapter}
        red, blue = (self.made(wish, references=[self.reference("character", c)]) for c in ("red", "blue"))
        self.assertNotEqual(red.picture.read_bytes(), blue.picture.read_bytes())

    def test_a_picture_that_is_none_is_one_clear_line(self) -> None:
        broken = self.reference("location", "red")
        Path(broken["path"]).write_bytes(b"no picture")
        made = self.make({"quality": "low", "strength": 0.5}, references=[broken])
        self.assertEqual(made.code, 1)
        self.assertRegex(made.error.strip().splitlines()[-1], "^error: the reference picture of Location")


class Ends(Generating):
    def test_cancelling_ends_it_between_two_steps(self) -> None:
        process, output = self.start({"quality": "standard", "steps": 100_000})
        assert process.stdout is not None
        while "Step 2 of" not in process.stdout.readline():
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        _, error = process.communicate(timeout=10)
        self.assertEqual(process.returncode, 143)
        self.assertTrue(error.endswith("cancelled\n"), error)
        self.assertEqual(list(output.iterdir()), [])

    def test_what_a_card_has_no_room_for_is_placed_otherwise_and_that_is_said(self) -> None:
        from io import StringIO
        from unittest.mock import patch

        import torch
        from auteur_flux import generation
        from auteur_flux.auteur_contract import Cancellation, Messages, Run, Workplace, read_job
        from auteur_flux.recipe import plan
        from diffusers import FluxPipeline

        place = folder(self)
        job = read_job(written(place / "job.json", a_job(parameters={"quality": "high", "model": "FLUX.1-dev"})))
        recipe = plan(job, self.models, lambda _: None)
        for free, method in ((10**12, "to"), (0, "enable_sequential_cpu_offload")):
            said = StringIO()
            run = Run(job, Workplace(place, place, self.models), Messages(said), Cancellation())
            pipeline = FluxPipeline.from_pretrained(recipe.model.folder)
            with (
                self.subTest(free=free),
                patch.object(torch.cuda, "mem_get_info", return_value=(free, 10**12)),
                patch.object(FluxPipeline, method, autospec=True) as called,
            ):
                generation._place(pipeline, recipe, run)
                called.assert_called_once()
                self.assertEqual("layer by layer on the card, not all on the card" in said.getvalue(), free == 0)

    def test_a_card_that_is_too_small_is_one_line(self) -> None:
        from contextlib import redirect_stderr
        from io import StringIO
        from unittest.mock import patch

        import torch
        from auteur_flux import generation
        from auteur_flux.auteur_contract import Cancellation, Messages, Run, Workplace, read_job
        from auteur_flux.recipe import plan

        place = folder(self)
        job = read_job(written(place / "job.json", a_job()))
        run = Run(job, Workplace(place / "job.json", place, self.models), Messages(StringIO()), Cancellation())
        recipe = plan(job, self.models, lambda _: None)
        full = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 MiB.\nGPU 0 has 12 GB.")
        said = StringIO()
        with patch.object(generation, "_denoise", side_effect=full), redirect_stderr(said):
            with self.assertRaises(SystemExit) as ended:
                generation.generate(recipe, run)
        self.assertEqual(ended.exception.code, 1)
        self.assertRegex(said.getvalue(), r"(?:^|\n)CUDA out of memory: .*12 GB\.\n$")


if __name__ == "__main__":
    main()
