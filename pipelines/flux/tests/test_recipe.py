from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest import TestCase, main

from auteur_flux.auteur_contract import JobError, read_job
from auteur_flux.recipe import Placement, Recipe, fitting, plan

from .scene import a_job, a_model, folder, written

CHARACTER = {"role": "character", "name": "Ada", "path": "/auteur/inputs/01.png"}
LOCATION = {"role": "location", "name": "Kitchen", "path": "/auteur/inputs/02.png"}


class Planning(TestCase):
    def setUp(self) -> None:
        self.models = folder(self)
        self.said: list[str] = []

    def plan(self, parameters: dict[str, Any] | None = None, **fields: Any) -> Recipe:
        job = a_job(**fields, **({} if parameters is None else {"parameters": parameters}))
        path: Path = written(folder(self) / "job.json", job)
        return plan(read_job(path), self.models, self.said.append)

    def refused(self, words: str, parameters: dict[str, Any], **fields: Any) -> None:
        with self.assertRaisesRegex(JobError, words):
            self.plan(parameters, **fields)


class Tiers(Planning):
    def test_each_has_its_place_and_its_steps(self) -> None:
        a_model(self.models)
        made = [self.plan({"quality": quality}) for quality in ("low", "standard", "high")]
        placements = [Placement.SEQUENTIAL, Placement.MODEL, Placement.CARD]
        self.assertEqual([one.tier.placement for one in made], placements)
        self.assertEqual([one.steps for one in made], [12, 28, 50])
        self.assertEqual({one.guidance for one in made}, {3.5})

    def test_the_pipeline_says_which_then_the_take(self) -> None:
        a_model(self.models)
        self.assertEqual(self.plan({"quality": "high"}, quality="low").tier.name, "cinematic")
        self.assertEqual(self.plan({}, quality="standard").tier.name, "standard")
        self.refused('"best" is no quality; there are low, standard, high', {"quality": "best"})

    def test_the_draft_prefers_the_quick_model_which_takes_no_guidance(self) -> None:
        a_model(self.models)
        a_model(self.models, "FLUX.1-schnell", guidance=False)
        draft = self.plan({"quality": "low"})
        self.assertEqual((draft.model.name, draft.steps, draft.guidance), ("FLUX.1-schnell", 4, 0.0))
        self.assertEqual(self.plan({"quality": "high"}).model.name, "FLUX.1-dev")
        named = self.plan({"quality": "low", "model": "FLUX.1-dev", "steps": 3, "guidance": 2})
        self.assertEqual((named.model.name, named.steps, named.guidance), ("FLUX.1-dev", 3, 2.0))


class Rooms(TestCase):
    def test_a_card_that_is_too_small_gets_less_at_once(self) -> None:
        # FLUX.1-dev: transformer, T5, CLIP and VAE.
        flux = [23_800_000_000, 9_500_000_000, 250_000_000, 170_000_000]
        for free, placement in (
            (48, Placement.CARD),
            (33, Placement.MODEL),
            (26, Placement.MODEL),
            (16, Placement.SEQUENTIAL),
            (1, Placement.SEQUENTIAL),
        ):
            with self.subTest(free=free):
                self.assertIs(fitting(Placement.CARD, flux, free * 10**9), placement)
        self.assertIs(fitting(Placement.SEQUENTIAL, flux, 48 * 10**9), Placement.SEQUENTIAL)
        self.assertIs(fitting(Placement.MODEL, flux, 48 * 10**9), Placement.MODEL)


class Models(Planning):
    def test_that_are_not_there_or_not_flux_are_named(self) -> None:
        self.refused("put FLUX.1-schnell or FLUX.1-dev as diffusers has it into Library/AI_Models", {})
        a_model(self.models, "sdxl", kind="StableDiffusionXLPipeline")
        self.refused("sdxl is no FLUX model: it says StableDiffusionXLPipeline", {"model": "sdxl"})
        (self.models / "empty").mkdir()
        self.refused('"empty" in .* is no model for diffusers', {"model": "empty"})
        self.refused("is not a path within", {"model": "../elsewhere"})


class Sizes(Planning):
    def setUp(self) -> None:
        super().setUp()
        a_model(self.models)

    def test_become_multiples_of_16_and_that_is_said(self) -> None:
        made = self.plan({"quality": "high"}, width=1920, height=1080)
        self.assertEqual((made.width, made.height), (1920, 1088))
        self.assertEqual(
            self.said, ["Made in 1920 × 1088 instead of 1920 × 1080: sides are multiples of 16."]
        )

    def test_that_fit_stay_and_nothing_is_said(self) -> None:
        made = self.plan({"quality": "low"}, width=1024, height=576)
        self.assertEqual((made.width, made.height, self.said), (1024, 576, []))

    def test_too_large_for_the_tier_keep_their_shape(self) -> None:
        made = self.plan({"quality": "low"}, width=3840, height=2160)
        self.assertEqual((made.width, made.height), (1040, 576))
        self.assertIn("the most that draft makes", self.said[0])
        sliver = self.plan({"quality": "low"}, width=100_000, height=1)
        self.assertEqual((sliver.width, sliver.height), (100_000, 64))


class Words(Planning):
    def setUp(self) -> None:
        super().setUp()
        a_model(self.models)
        written(self.models / "loras" / "ada.safetensors")
        written(self.models / "loras" / "ada.ckpt")

    def test_triggers_that_the_prompt_lacks_come_first(self) -> None:
        loras = [
            {"file": "loras/ada.safetensors", "trigger": "ADAXYZ"},
            {"file": "loras/ada.safetensors", "weight": 0.5, "trigger": "noir film"},
            {"file": "loras/ada.safetensors"},
        ]
        made = self.plan({"loras": loras})
        self.assertTrue(made.text.startswith("noir film, Ada opens the door"), made.text)
        self.assertEqual([lora.weight for lora in made.loras], [1.0, 0.5, 1.0])

    def test_loras_are_weights_within_the_models(self) -> None:
        self.refused("ada.ckpt is no .safetensors file", {"loras": [{"file": "loras/ada.ckpt"}]})
        self.refused("is not in", {"loras": [{"file": "loras/bea.safetensors"}]})
        self.refused("is not a path within", {"loras": [{"file": "/etc/passwd"}]})
        self.refused('"weight" of "loras"\\[0\\]', {"loras": [{"file": "loras/ada.safetensors", "weight": "1"}]})
        self.refused('"loras" of "parameters" of the job is not a list', {"loras": "ada"})

    def test_a_negative_is_heeded_only_where_the_scale_says_so(self) -> None:
        prompt = {**a_job()["prompt"], "negative": "hat"}
        self.assertEqual(self.plan({}, prompt=prompt).negative, "")
        self.assertIn("trueCfgScale", self.said[0])
        self.said.clear()
        made = self.plan({"trueCfgScale": 2.5}, prompt=prompt)
        self.assertEqual((made.negative, made.true_cfg, self.said), ("hat", 2.5, []))


class References(Planning):
    def test_are_left_out_with_a_word_where_the_model_takes_none(self) -> None:
        a_model(self.models)
        made = self.plan({}, references=[CHARACTER, LOCATION])
        self.assertIsNone(made.start)
        self.assertIsNone(made.likeness)
        self.assertEqual(len(self.said), 2)
        self.assertIn("character Ada is left out: use a FLUX.1-Kontext-dev model", self.said[0])

    def test_a_kontext_model_begins_with_the_character(self) -> None:
        a_model(self.models, "kontext", kind="FluxKontextPipeline")
        made = self.plan({"model": "kontext"}, references=[LOCATION, CHARACTER])
        assert made.start is not None
        self.assertEqual(made.start.name, "Ada")
        self.assertTrue(made.model.is_kontext)

    def test_strength_begins_with_the_location_and_an_adapter_takes_the_likeness(self) -> None:
        a_model(self.models)
        written(self.models / "ip" / "adapter.safetensors")
        (self.models / "clip").mkdir()
        adapter = {"file": "ip/adapter.safetensors", "encoder": "clip"}
        made = self.plan({"strength": 0.6, "ipAdapter": adapter}, references=[CHARACTER, LOCATION])
        assert made.start is not None and made.likeness is not None and made.adapter is not None
        self.assertEqual((made.start.name, made.likeness.name), ("Kitchen", "Ada"))
        self.assertEqual(made.adapter.scale, 0.7)
        self.assertIsNone(self.plan({"ipAdapter": adapter}).adapter)
        self.refused('"strength".*from 0 to 1', {"strength": 2})


if __name__ == "__main__":
    main()
