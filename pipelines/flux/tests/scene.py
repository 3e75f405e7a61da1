"""What the tests are given: a job as Auteur writes it, and folders as they are in the container."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any
from unittest import TestCase


def a_job(**fields: Any) -> dict[str, Any]:
    """A valid job.json; say only what matters."""
    prompt = {
        "direct": "Ada opens the door; medium shot",
        "identity": "adaxyz, Ada, grey hair",
        "aesthetic": "",
        "context": "Kitchen",
        "negative": "",
        "text": "Ada opens the door; medium shot. adaxyz, Ada, grey hair. Kitchen",
    }
    return {
        "contract": 1,
        "job": "3f8e",
        "address": "01/01/01",
        "takeNumber": 2,
        "quality": "low",
        "seed": 7,
        "prompt": prompt,
        "width": 1024,
        "height": 576,
        "fps": 24,
        "parameters": {"quality": "low"},
        "references": [],
        "panel": {"size": "MS", "angle": "eye", "movement": "static"},
        **fields,
    }


def folder(test: TestCase) -> Path:
    made = tempfile.TemporaryDirectory()
    test.addCleanup(made.cleanup)
    return Path(made.name)


def written(path: Path, content: Any = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def a_model(models: Path, name: str = "FLUX.1-dev", kind: str = "FluxPipeline", guidance: bool = True) -> Path:
    written(models / name / "model_index.json", {"_class_name": kind})
    written(models / name / "transformer" / "config.json", {"guidance_embeds": guidance})
    return models / name
