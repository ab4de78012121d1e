"""Flower's SecAgg+ functions at one task: the masks of one client, and those its server takes off the sum.

    python3 flwr_peer.py SITES WORDS DROPS SECONDS
    {"version": "1.41.0", "client": CPU seconds, "coordinator": CPU seconds}   or   {"absent": "the reason"}

The calls are those of its client mod and its workflow, on vectors already quantised: pseudo_rand_gen for each mask,
parameters_addition and parameters_subtraction to apply it, parameters_mod at the end. Key agreement and secret
sharing, which Flower does elsewhere, are not counted on either side.
"""

import json
import sys
import time

MOD_RANGE = 1 << 32  # Flower's default


def main(sites, words, drops, at_least):
    try:
        import flwr
        import numpy as np
        from flwr.common.secure_aggregation.ndarrays_arithmetic import (
            parameters_addition,
            parameters_mod,
            parameters_subtraction,
        )
        from flwr.common.secure_aggregation.secaggplus_utils import pseudo_rand_gen
    except ImportError as error:
        return {"absent": str(error)}

    shape = [(words,)]
    seeds = [i.to_bytes(32, "little") for i in range(1, sites + 1)]

    def mask(seed):
        return pseudo_rand_gen(seed, MOD_RANGE, shape)

    def client():
        vector = [np.ones(words, dtype=np.int64)]
        vector = parameters_addition(vector, mask(seeds[0]))
        for i, seed in enumerate(seeds[1:]):
            combine = parameters_addition if i % 2 else parameters_subtraction
            vector = combine(vector, mask(seed))
        return parameters_mod(vector, MOD_RANGE)

    def coordinator():
        total = [np.ones(words, dtype=np.int64)]
        for seed in seeds[drops:]:
            total = parameters_subtraction(total, mask(seed))
        for _ in range(drops):
            for i, seed in enumerate(seeds[drops:]):
                combine = parameters_addition if i % 2 else parameters_subtraction
                total = combine(total, mask(seed))
        return parameters_mod(total, MOD_RANGE)

    def seconds(task):
        began, times, spent = time.process_time(), 0, 0
        while spent < at_least or times == 0:
            task()
            times += 1
            spent = time.process_time() - began
        return spent / times

    mask(seeds[0])
    return {"version": flwr.__version__, "client": seconds(client), "coordinator": seconds(coordinator)}


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]), float(sys.argv[4]))))
