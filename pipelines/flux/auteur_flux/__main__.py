"""`python3 -m auteur_flux`: makes the take that `job.json` asks for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from .auteur_contract import Output, Run, run_pipeline
from .recipe import plan


def flux(run: Run) -> Sequence[Output]:
    recipe = plan(run.job, run.place.models, run.messages.log)
    run.messages.progress(0.01, "Starting PyTorch")
    # Takes seconds: what is wrong with a job is said before.
    from .generation import generate

    return generate(recipe, run)


if __name__ == "__main__":
    sys.exit(run_pipeline(flux, os.environ))
