# SPDX-License-Identifier: Apache-2.0
"""Answers questions about workspaces with pyhf: a line of JSON in, a line of JSON out.

A question is {"do": NAME, ...}; the answer {"answer": ...} or {"error": SENTENCE}. Numbers that
aren't finite become null.
"""
import json
import logging
import math
import os
import sys
import warnings

# One thread: the tests beside it need the other cores.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import numpy as np  # noqa: E402

np.seterr(all="ignore")
sys.dont_write_bytecode = True

import operations  # noqa: E402
from inference import Inference  # noqa: E402


def plain(value):
    """Arrays as lists, numpy's numbers as Python's, what isn't finite as None."""
    if isinstance(value, dict):
        return {str(key): plain(element) for key, element in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(element) for element in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.integer):
        return int(value)
    return value


def questions(inference):
    table = {}
    for name in ("load", "evaluate", "fit", "hypotest", "statistic", "asymptotics", "limit"):
        table[name] = getattr(inference, name)
    for name in ("prune", "rename", "combine", "sort", "digest", "canonical", "patch"):
        table[name] = getattr(operations, name)
    return table


def main():
    table = questions(Inference())
    # What libraries print must not get between the answers.
    output, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = {"answer": plain(table[question["do"]](question))}
        except Exception as error:  # noqa: BLE001: whatever pyhf raises is an answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        output.write(json.dumps(answer, allow_nan=False) + "\n")
        output.flush()


if __name__ == "__main__":
    main()
