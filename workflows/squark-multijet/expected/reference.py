# SPDX-License-Identifier: Apache-2.0
"""Reference limits for this folder, by pyhf (0.7.6, numpy, SLSQP).

usage: reference.py YIELDS.json OUT.json

YIELDS.json holds cutflows and region sums of an independent selection in awkward-array, with
entries, sum of weights and of squared weights for each event weight. The signal is scaled with
1.5 x the leading-order cross section to 139 fb-1, gets a staterror per channel and the ISR
variation normalised by its own sum of weights, and is added to ../data/background.json.
"""
import copy, json, os, sys
import numpy as np, pyhf
from scipy.optimize import brentq

pyhf.set_backend("numpy")
here = os.path.dirname(os.path.abspath(__file__))
background = json.load(open(os.path.join(here, "../data/background.json")))
scale_events = 1.5 * 139000.0


def workspace(point):
    ws = copy.deepcopy(background)
    names = point["weights"]
    factor = lambda k: point["sigma_pb"] * scale_events / point["sum_w"][k]
    up, down = names.index("isr_up"), names.index("isr_dn")
    for channel in ws["channels"]:
        r = point["regions"][channel["name"]]
        if r["sumw"][0] <= 0:
            continue
        channel["samples"].append({"name": "Signal", "data": [r["sumw"][0] * factor(0)], "modifiers": [
            {"name": "mu_SIG", "type": "normfactor", "data": None},
            {"name": "staterror_" + channel["name"], "type": "staterror",
             "data": [float(np.sqrt(r["sumw2"][0]) * factor(0))]},
            {"name": "sig_isr", "type": "histosys",
             "data": {"hi_data": [r["sumw"][up] * factor(up)], "lo_data": [r["sumw"][down] * factor(down)]}}]})
    return ws


def limits(ws):
    model = pyhf.Workspace(ws).model()
    data = pyhf.Workspace(ws).data(model)
    bounds = model.config.suggested_bounds()
    bounds[model.config.poi_index] = (0, 1000.0)
    seen = {}

    def test(mu):
        if mu not in seen:
            o, e = pyhf.infer.hypotest(mu, data, model, test_stat="qtilde", par_bounds=bounds, return_expected=True)
            seen[mu] = float(o), float(e)
        return seen[mu]

    def solve(which):
        f = lambda x: np.log(max(test(float(np.exp(x)))[which], 1e-300) / 0.05)
        low, high = np.log(0.01), np.log(0.05)
        while f(high) > 0:
            low, high = high, high + np.log(2)
        return float(np.exp(brentq(f, low, high, xtol=1e-3)))

    return {"mu_UL_obs": solve(0), "mu_UL_exp": solve(1)}


out = {}
yields = json.load(open(sys.argv[1]))
for name, point in sorted(yields.items()):
    if not name.startswith("sqsq"):
        continue
    try:
        out[name] = limits(workspace(point))
    except Exception as problem:  # a peer's failed fit is reported, never used
        out[name] = {"failed": repr(problem)[:200]}
    print(name, out[name], flush=True)
    json.dump(out, open(sys.argv[2], "w"), indent=1)
