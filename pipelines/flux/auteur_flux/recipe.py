"""What a job asks of FLUX, worked out before anything heavy is loaded: model, size, steps, LoRA, references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import floor, sqrt
from pathlib import Path

from .auteur_contract import Fields, Job, JobError, Reference, inside

# A latent pixel is 8 × 8 pixels, and FLUX takes them in patches of 2 × 2.
SIZE_STEP = 16
SMALLEST_SIDE = 64
# A diffusers folder has this file.
MODEL_INDEX = "model_index.json"


class Placement(Enum):
    """Where the parts of the model are while it works."""

    SEQUENTIAL = "layer by layer on the card"
    MODEL = "part by part on the card"
    CARD = "all on the card"


# What the work takes on the card beside the weights.
WORK_BYTES = 3 * 2**29


def fitting(wanted: Placement, parts: Sequence[int], free: int) -> Placement:
    """The placement that is wanted, or the next that a card has the room for; sizes are in bytes."""
    needs = {Placement.CARD: sum(parts), Placement.MODEL: max(parts), Placement.SEQUENTIAL: 0}
    candidates = list(needs)[list(needs).index(wanted) :]
    return next((one for one in candidates if needs[one] + WORK_BYTES <= free), Placement.SEQUENTIAL)


@dataclass(frozen=True)
class Tier:
    """A quality, as FLUX makes it."""

    name: str
    placement: Placement
    steps: int
    turbo_steps: int
    most_pixels: int
    models: Sequence[str]


DEV, SCHNELL, KONTEXT = "FLUX.1-dev", "FLUX.1-schnell", "FLUX.1-Kontext-dev"
TIERS: Mapping[str, Tier] = {
    "low": Tier("draft", Placement.SEQUENTIAL, 12, 4, 600_000, (SCHNELL, DEV)),
    "standard": Tier("standard", Placement.MODEL, 28, 4, 1_100_000, (DEV, SCHNELL)),
    "high": Tier("cinematic", Placement.CARD, 50, 8, 2_150_000, (DEV, SCHNELL)),
}


@dataclass(frozen=True)
class Model:
    """A diffusers folder below the models."""

    name: str
    folder: Path
    is_kontext: bool
    # Those without were distilled to few steps, as FLUX.1-schnell was.
    takes_guidance: bool


@dataclass(frozen=True)
class Lora:
    file: Path
    weight: float


@dataclass(frozen=True)
class Adapter:
    """An IP-Adapter with the picture encoder it was trained with."""

    file: Path
    encoder: Path
    scale: float


@dataclass(frozen=True)
class Recipe:
    tier: Tier
    model: Model
    text: str
    negative: str
    true_cfg: float
    width: int
    height: int
    steps: int
    guidance: float
    seed: int
    loras: Sequence[Lora]
    adapter: Adapter | None
    # For the adapter: whom the picture is to look like.
    likeness: Reference | None
    # For Kontext and for img2img: the picture to begin with.
    start: Reference | None
    strength: float


def plan(job: Job, models: Path, log: Callable[[str], None]) -> Recipe:
    """Says through `log` whatever is made otherwise than it was asked for."""
    parameters = job.parameters
    tier = _tier(job)
    model = _model(parameters, tier, models)
    width, height = _size(job, tier, log)
    loras, words = _loras(parameters, models)
    true_cfg = parameters.number("trueCfgScale", 1.0, least=1, most=20)
    if job.prompt.negative and true_cfg == 1:
        log('The negative prompt is left out: FLUX heeds one only where "trueCfgScale" is above 1.')
    adapter = _adapter(parameters, models)
    strength = parameters.number("strength", 0.0, least=0, most=1)
    start = _start(job.references, model, strength)
    likeness = None if adapter is None else _likeness(job.references, start)
    _tell_of_references(job.references, (start, likeness), log)
    return Recipe(
        tier=tier,
        model=model,
        text=_text(job, words),
        negative=job.prompt.negative if true_cfg > 1 else "",
        true_cfg=true_cfg,
        width=width,
        height=height,
        steps=parameters.whole("steps", tier.steps if model.takes_guidance else tier.turbo_steps, least=1),
        guidance=parameters.number("guidance", 3.5) if model.takes_guidance else 0.0,
        seed=job.seed,
        loras=loras,
        adapter=None if likeness is None else adapter,
        likeness=likeness,
        start=start,
        strength=strength,
    )


def _tier(job: Job) -> Tier:
    """The pipeline that was asked for says which, the quality of the take only where it does not."""
    name = job.parameters.text("quality", job.quality)
    if name not in TIERS:
        raise JobError(f'"{name}" is no quality; there are {", ".join(TIERS)}')
    return TIERS[name]


def _model(parameters: Fields, tier: Tier, models: Path) -> Model:
    if parameters.has("model"):
        name = parameters.text("model")
        folder = inside(models, name)
        if not (folder / MODEL_INDEX).is_file():
            raise JobError(f'"{name}" in {models} is no model for diffusers: it has no {MODEL_INDEX}')
        return _described(name, folder)
    for name in tier.models:
        if (models / name / MODEL_INDEX).is_file():
            return _described(name, inside(models, name))
    raise JobError(
        f"there is no model: put {' or '.join(tier.models)} as diffusers has it into Library/AI_Models, "
        'or name the folder in the parameter "model"'
    )


def _described(name: str, folder: Path) -> Model:
    index = _json(folder / MODEL_INDEX)
    kind = index.get("_class_name")
    if not isinstance(kind, str) or not kind.startswith("Flux"):
        raise JobError(f"the model {name} is no FLUX model: it says {kind}")
    transformer = _json(folder / "transformer" / "config.json")
    return Model(name, folder, "Kontext" in kind, transformer.get("guidance_embeds") is True)


def _json(file: Path) -> Mapping[str, object]:
    try:
        return Fields(json.loads(file.read_text(encoding="utf-8")), str(file)).values
    except (OSError, ValueError) as error:
        raise JobError(f"{file} cannot be read: {error}") from error


def _size(job: Job, tier: Tier, log: Callable[[str], None]) -> tuple[int, int]:
    scale = min(1.0, sqrt(tier.most_pixels / (job.width * job.height)))
    width, height = _side(job.width * scale), _side(job.height * scale)
    if (width, height) != (job.width, job.height):
        why = f"the most that {tier.name} makes" if scale < 1 else f"sides are multiples of {SIZE_STEP}"
        log(f"Made in {width} × {height} instead of {job.width} × {job.height}: {why}.")
    return width, height


def _side(pixels: float) -> int:
    return max(SMALLEST_SIDE, floor(pixels / SIZE_STEP + 0.5) * SIZE_STEP)


def _loras(parameters: Fields, models: Path) -> tuple[Sequence[Lora], Sequence[str]]:
    """The LoRA files, and the words that call what they have learned."""
    loras = [
        (Lora(_weights(one, "file", models), one.number("weight", 1.0, least=-4, most=4)), one.text("trigger", ""))
        for one in parameters.objects("loras")
    ]
    return [lora for lora, _ in loras], [trigger for _, trigger in loras if trigger]


def _weights(fields: Fields, name: str, models: Path) -> Path:
    file = inside(models, fields.text(name))
    # A pickle could run anything.
    if file.suffix != ".safetensors" or not file.is_file():
        raise JobError(f"{file.name} is no .safetensors file")
    return file


def _text(job: Job, triggers: Sequence[str]) -> str:
    """Trigger words of assets stand in the prompt already; those of a LoRA come first where they do not."""
    missing = [word for word in triggers if word.lower() not in job.prompt.text.lower()]
    return ", ".join([*missing, job.prompt.text])


def _adapter(parameters: Fields, models: Path) -> Adapter | None:
    if not parameters.has("ipAdapter"):
        return None
    one = parameters.object("ipAdapter")
    return Adapter(
        file=_weights(one, "file", models),
        encoder=inside(models, one.text("encoder")),
        scale=one.number("scale", 0.7, most=2),
    )


def _start(references: Sequence[Reference], model: Model, strength: float) -> Reference | None:
    """A Kontext model keeps who is in the picture; img2img keeps what is where, so the location is the better one."""
    wanted = "character" if model.is_kontext else "location"
    ordered = sorted(references, key=lambda one: one.role != wanted)
    return next(iter(ordered), None) if model.is_kontext or strength > 0 else None


def _likeness(references: Sequence[Reference], start: Reference | None) -> Reference | None:
    """An adapter takes one picture: that of the character who is named first."""
    return next((one for one in references if one.role == "character" and one is not start), None)


def _tell_of_references(
    references: Sequence[Reference], used: Sequence[Reference | None], log: Callable[[str], None]
) -> None:
    for one in references:
        who = f"{one.role} {one.name}".strip()
        if any(one is other for other in used):
            log(f"The reference picture of {who} is used.")
        else:
            log(
                f"The reference picture of {who} is left out: use a {KONTEXT} model, "
                'or the parameter "ipAdapter" for a likeness, or "strength" for a picture to begin with.'
            )
