"""A FLUX of a few thousand random weights, in the folders that the real one has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    FlowMatchEulerDiscreteScheduler,
    FluxKontextPipeline,
    FluxPipeline,
    FluxTransformer2DModel,
)
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import (
    CLIPImageProcessor,
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    T5Config,
    T5EncoderModel,
    T5TokenizerFast,
)

LATENTS, WIDTH = 4, 32


def save_tiny_flux(folder: Path, kontext: bool = False, guidance: bool = True) -> None:
    torch.manual_seed(0)
    pipeline = (FluxKontextPipeline if kontext else FluxPipeline)(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=_vae(),
        text_encoder=CLIPTextModel(_clip_config()).eval(),
        tokenizer=_clip_tokenizer(folder.parent / f"{folder.name}-words"),
        text_encoder_2=T5EncoderModel(_t5_config()).eval(),
        tokenizer_2=_t5_tokenizer(),
        transformer=_transformer(guidance),
    )
    pipeline.save_pretrained(folder)


def _transformer(guidance: bool) -> Any:
    return FluxTransformer2DModel(
        patch_size=1,
        in_channels=4 * LATENTS,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=WIDTH,
        pooled_projection_dim=WIDTH,
        axes_dims_rope=(4, 4, 8),
        guidance_embeds=guidance,
    ).eval()


def _vae() -> Any:
    return AutoencoderKL(
        sample_size=32,
        in_channels=3,
        out_channels=3,
        # Eight times smaller, as the real one.
        block_out_channels=(4, 4, 4, 4),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        layers_per_block=1,
        latent_channels=LATENTS,
        norm_num_groups=1,
        use_quant_conv=False,
        use_post_quant_conv=False,
        shift_factor=0.0609,
        scaling_factor=1.5035,
    ).eval()


def _clip_config() -> Any:
    return CLIPTextConfig(
        vocab_size=300,
        hidden_size=WIDTH,
        intermediate_size=37,
        num_hidden_layers=1,
        num_attention_heads=4,
        projection_dim=WIDTH,
        bos_token_id=298,
        eos_token_id=299,
        pad_token_id=299,
    )


def _t5_config() -> Any:
    return T5Config(vocab_size=300, d_model=WIDTH, d_ff=37, d_kv=8, num_layers=1, num_heads=4)


def _letters() -> list[str]:
    return [chr(code) for code in range(33, 127)]


def _clip_tokenizer(folder: Path) -> Any:
    """Knows letters, and letters that end a word."""
    folder.mkdir(parents=True)
    words = [*_letters(), *(f"{letter}</w>" for letter in _letters())]
    vocabulary = {word: index for index, word in enumerate(words)}
    vocabulary |= {"<|startoftext|>": 298, "<|endoftext|>": 299}
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n", encoding="utf-8")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)


def _t5_tokenizer() -> Any:
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    pieces += [(letter, -3.0) for letter in _letters()]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=2))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return T5TokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", extra_ids=0
    )


def save_tiny_lora(file: Path) -> None:
    """For the attention of the first block, strong enough to be seen."""
    torch.manual_seed(1)
    layer = "transformer.transformer_blocks.0.attn.to_q"
    file.parent.mkdir(parents=True, exist_ok=True)
    weights = {f"{layer}.lora_A.weight": torch.randn(4, WIDTH), f"{layer}.lora_B.weight": torch.randn(WIDTH, 4)}
    save_file(weights, file)


def save_tiny_adapter(file: Path, encoder: Path) -> None:
    """An IP-Adapter with its picture encoder."""
    torch.manual_seed(2)
    config = CLIPVisionConfig(
        hidden_size=WIDTH,
        projection_dim=WIDTH,
        num_hidden_layers=1,
        num_attention_heads=4,
        intermediate_size=37,
        image_size=32,
        patch_size=16,
    )
    CLIPVisionModelWithProjection(config).save_pretrained(encoder)
    CLIPImageProcessor(crop_size=32, size=32).save_pretrained(encoder)
    tokens, blocks = 4, 2
    weights = {
        "image_proj.proj.weight": torch.randn(tokens * WIDTH, WIDTH),
        "image_proj.proj.bias": torch.randn(tokens * WIDTH),
        "image_proj.norm.weight": torch.ones(WIDTH),
        "image_proj.norm.bias": torch.zeros(WIDTH),
    }
    for block in range(blocks):
        for part in ("to_k_ip", "to_v_ip"):
            weights[f"ip_adapter.{block}.{part}.weight"] = torch.randn(WIDTH, WIDTH)
            weights[f"ip_adapter.{block}.{part}.bias"] = torch.zeros(WIDTH)
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, file)
