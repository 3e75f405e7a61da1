"""The picture itself, through diffusers."""

from __future__ import annotations

import os

# There is no network, and asking for it would only take time. Set before anything reads it.
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")
os.environ.update(DIFFUSERS_VERBOSITY="error", TRANSFORMERS_VERBOSITY="error")

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import diffusers
import torch
import transformers
from PIL import Image, ImageOps

from .auteur_contract import JobError, Output, Reference, Run, one_line
from .recipe import Model, Placement, Recipe, fitting

# How far the work is when the model is loaded, and when its last step is done.
LOADED, DENOISED = 0.15, 0.95


def generate(recipe: Recipe, run: Run) -> Sequence[Output]:
    """Makes one picture in the output folder."""
    # Their bars are no lines, and would fill the log.
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()
    try:
        pipeline = _load(recipe, run)
        picture = _denoise(pipeline, recipe, run)
    except torch.OutOfMemoryError as error:
        # Auteur knows by these words that the card was too small.
        print(f"CUDA out of memory: {one_line(error)}", file=sys.stderr)
        raise SystemExit(1) from error
    run.messages.progress(DENOISED, "Writing the picture")
    return [_write(picture, run)]


def _load(recipe: Recipe, run: Run) -> Any:
    run.messages.progress(0.03, f"Loading {recipe.model.name}")
    on_card = torch.cuda.is_available()
    if not on_card:
        run.messages.log("No graphics card is to be seen here: this takes very long.")
    pipeline = _kind(recipe).from_pretrained(
        recipe.model.folder,
        dtype=torch.bfloat16 if on_card else torch.float32,
        local_files_only=True,
        use_safetensors=True,
    )
    _add_loras(pipeline, recipe, run)
    _add_adapter(pipeline, recipe)
    pipeline.set_progress_bar_config(disable=True)
    where = _place(pipeline, recipe, run).value if on_card else "on the processor"
    # Decoding a large picture at once takes more than all steps before.
    pipeline.vae.enable_tiling()
    run.messages.progress(LOADED, f"{recipe.model.name} is loaded, {where}")
    return pipeline


def _kind(recipe: Recipe) -> Any:
    if recipe.model.is_kontext:
        return diffusers.FluxKontextPipeline
    return diffusers.FluxPipeline if recipe.start is None else diffusers.FluxImg2ImgPipeline


def _add_loras(pipeline: Any, recipe: Recipe, run: Run) -> None:
    names = [f"lora{index}" for index, _ in enumerate(recipe.loras)]
    for name, lora in zip(names, recipe.loras):
        run.messages.log(f"LoRA {lora.file.name} with weight {lora.weight:g}.")
        try:
            pipeline.load_lora_weights(lora.file.parent, weight_name=lora.file.name, adapter_name=name)
        except (KeyError, ValueError, RuntimeError) as error:
            raise JobError(f"the LoRA {lora.file.name} does not fit {recipe.model.name}: {error}") from error
    if names:
        pipeline.set_adapters(names, [lora.weight for lora in recipe.loras])


def _add_adapter(pipeline: Any, recipe: Recipe) -> None:
    if recipe.adapter is None:
        return
    file, encoder, scale = recipe.adapter.file, recipe.adapter.encoder, recipe.adapter.scale
    pipeline.load_ip_adapter(
        str(file.parent), weight_name=file.name, image_encoder_pretrained_model_name_or_path=str(encoder)
    )
    pipeline.set_ip_adapter_scale(scale)


def _place(pipeline: Any, recipe: Recipe, run: Run) -> Placement:
    wanted = recipe.tier.placement
    modules = [one for one in pipeline.components.values() if isinstance(one, torch.nn.Module)]
    parts = [sum(weights.nbytes for weights in module.parameters()) for module in modules]
    free, _ = torch.cuda.mem_get_info()
    placement = fitting(wanted, parts, free)
    if placement is not wanted:
        sizes = f"{sum(parts) / 1e9:.1f} GB, and {free / 1e9:.1f} GB of the card are free"
        run.messages.log(f"{recipe.model.name} takes {sizes}: it is {placement.value}, not {wanted.value}.")
    if placement is Placement.SEQUENTIAL:
        pipeline.enable_sequential_cpu_offload()
    elif placement is Placement.MODEL:
        pipeline.enable_model_cpu_offload()
    else:
        pipeline.to("cuda")
    return placement


def _denoise(pipeline: Any, recipe: Recipe, run: Run) -> Image.Image:
    def after_step(_pipeline: Any, step: int, _time: Any, values: dict[str, Any]) -> dict[str, Any]:
        run.cancellation.check()
        # img2img leaves out the first steps.
        steps = max(int(pipeline.num_timesteps), 1)
        done = LOADED + (DENOISED - LOADED) * (step + 1) / steps
        run.messages.progress(done, f"Step {step + 1} of {steps}")
        return values

    with torch.inference_mode():
        result = pipeline(
            prompt=recipe.text,
            width=recipe.width,
            height=recipe.height,
            num_inference_steps=recipe.steps,
            guidance_scale=recipe.guidance,
            max_sequence_length=_longest_text(recipe.model),
            # On the CPU, so that every card makes the same picture of a seed.
            generator=torch.Generator("cpu").manual_seed(recipe.seed),
            callback_on_step_end=after_step,
            **_negative(recipe),
            **_pictures(recipe),
        )
    picture = result.images[0]
    assert isinstance(picture, Image.Image)
    return picture


def _longest_text(model: Model) -> int:
    """The distilled models were trained with shorter texts."""
    return 512 if model.takes_guidance else 256


def _negative(recipe: Recipe) -> Mapping[str, object]:
    return {} if recipe.true_cfg == 1 else {"negative_prompt": recipe.negative, "true_cfg_scale": recipe.true_cfg}


def _pictures(recipe: Recipe) -> Mapping[str, object]:
    arguments: dict[str, object] = {}
    if recipe.start is not None:
        picture = _open(recipe.start)
        if recipe.model.is_kontext:
            # It would choose a size of its own.
            arguments.update(image=picture, max_area=recipe.width * recipe.height)
        else:
            size = (recipe.width, recipe.height)
            arguments.update(image=ImageOps.fit(picture, size), strength=recipe.strength)
    if recipe.likeness is not None:
        arguments["ip_adapter_image"] = _open(recipe.likeness)
    return arguments


def _open(reference: Reference) -> Image.Image:
    try:
        with Image.open(reference.path) as picture:
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise JobError(f"the reference picture of {reference.name} cannot be read: {error}") from error


def _write(picture: Image.Image, run: Run) -> Output:
    name = "picture.png"
    target: Path = run.place.output / name
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as file:
        picture.save(file, format="PNG")
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(target)
    return Output(name, "image/png", {"width": picture.width, "height": picture.height})
