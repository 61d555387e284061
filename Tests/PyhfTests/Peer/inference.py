# SPDX-License-Identifier: Apache-2.0
"""Likelihoods, fits, tests and limits of the one model that was loaded last."""
import numpy as np
import pyhf
from minimiser import Batched, BatchedOptimizer
from pyhf.infer import calculators, mle, test_statistics
from pyhf.infer import hypotest as pyhf_hypotest
from pyhf.infer.intervals.upper_limits import toms748_scan

STATISTICS = {
    "q0": test_statistics.q0,
    "q": test_statistics.qmu,
    "qtilde": test_statistics.qmu_tilde,
    "t": test_statistics.tmu,
    "ttilde": test_statistics.tmu_tilde,
}


class Inference:
    def __init__(self):
        self.optimizer = BatchedOptimizer()
        pyhf.set_backend("numpy", self.optimizer, precision="64b")

    def load(self, question):
        # Kinds of events are remembered by pyhf for models that are gone; they would pile up.
        pyhf.events.__dict__["__events"].clear()
        workspace = pyhf.Workspace(question["workspace"])
        options = {
            "modifier_settings": {
                "normsys": {"interpcode": question.get("normsys", "code4")},
                "histosys": {"interpcode": question.get("histosys", "code4p")},
            },
            "clip_sample_data": question.get("minimumSampleYield"),
            "clip_bin_data": question.get("minimumBinYield"),
        }
        self.model = workspace.model(validate=False, **options)
        self.observed = np.array(workspace.data(self.model), dtype=float)
        # A workspace's model carries the measurement in its specification already.
        self.batched = Batched(self.model, {**options, "poi_name": self.model.config.poi_name})
        self.optimizer.take(self.batched)
        config = self.model.config
        return {
            "names": config.par_names,
            "inits": config.suggested_init(),
            "bounds": config.suggested_bounds(),
            "fixed": config.suggested_fixed(),
            "poi": config.poi_index,
            "data": self.observed,
            "main": config.nmaindata,
        }

    def data(self, question):
        given = question.get("data")
        return self.observed if given is None else np.array(given, dtype=float)

    def twice_nll(self, point, data):
        return float(-2 * self.model.logpdf(np.asarray(point, dtype=float), data)[0])

    def evaluate(self, question):
        """-2 log L at points, with expected data and gradients where asked for."""
        data = self.data(question)
        answers = []
        for point in question["points"]:
            point = np.array(point, dtype=float)
            answer = {"twiceNLL": self.twice_nll(point, data)}
            if question.get("gradients"):
                answer["gradient"] = self.batched.smooth_gradient(point, data)
                answer["expected"] = self.model.expected_data(point)
            answers.append(answer)
        return answers

    def fit(self, question):
        """The best fit from the usual start, or from a given one."""
        data = self.data(question)
        start = list(question.get("start") or self.model.config.suggested_init())
        fixed = list(self.model.config.suggested_fixed())
        for index, value in question.get("fixing", []):
            start[int(index)], fixed[int(index)] = value, True
        # Not mle.fit: it takes no start outside the bounds.
        values = [(i, start[i]) for i in range(len(start)) if fixed[i]]
        point, value = self.optimizer.minimize(
            mle.twice_nll, data, self.model, start, self.model.config.suggested_bounds(), values,
            return_fitted_val=True)
        return {"point": point, "twiceNLL": value}

    def hypotest(self, question):
        """CLs by pyhf.infer.hypotest, with the fits it was made of."""
        observed, tails, expected, calculator = pyhf_hypotest(
            question["mu"], self.observed, self.model, test_stat=question["statistic"],
            return_tail_probs=True, return_expected_set=True, return_calculator=True)
        fits = calculator.fitted_pars
        asimov = np.asarray(self.model.expected_data(fits.asimov_pars))
        points = {
            "free": (fits.free_fit_to_data, self.observed),
            "fixed": (fits.fixed_poi_fit_to_data, self.observed),
            "background": (fits.asimov_pars, self.observed),
            "asimovFree": (fits.free_fit_to_asimov, asimov),
            "asimovFixed": (fits.fixed_poi_fit_to_asimov, asimov),
        }
        return {
            "observed": float(observed),
            "tails": [float(tail) for tail in tails],
            "expected": [float(value) for value in expected],
            "fits": {name: self.twice_nll(*fit) for name, fit in points.items()},
        }

    def statistic(self, question):
        """A test statistic with the two fits it is the difference of."""
        config = self.model.config
        value, (fixed, free) = STATISTICS[question["statistic"]](
            question["mu"], self.observed, self.model, config.suggested_init(),
            config.suggested_bounds(), config.suggested_fixed(), return_fitted_pars=True)
        return {
            "value": float(value),
            "fixed": self.twice_nll(fixed, self.observed),
            "free": self.twice_nll(free, self.observed),
        }

    def asymptotics(self, question):
        """What pyhf's calculator makes of a test statistic of the data and of the Asimov data."""
        statistic = question["statistic"]
        root, asimov = np.sqrt(question["q"]), np.sqrt(question["qAsimov"])
        calculator = calculators.AsymptoticCalculator(
            self.observed, self.model, test_stat=statistic)
        calculator.sqrtqmuA_v = asimov
        value = root - asimov
        if statistic == "qtilde" and root > asimov:
            value = (question["q"] - question["qAsimov"]) / (2 * asimov)
        signal, background = calculator.distributions(1.0)
        tails = calculator.pvalues(value, signal, background)
        expected = calculator.expected_pvalues(signal, background)
        return {"tails": [float(tail) for tail in tails], "expected": expected[-1]}

    def limit(self, question):
        """Upper limits by pyhf's root finder on CLs."""
        bounds = self.model.config.suggested_bounds()
        poi = self.model.config.poi_index
        bounds[poi] = (bounds[poi][0], max(bounds[poi][1], question["upper"]))
        observed, expected = toms748_scan(
            self.observed, self.model, question.get("lower", 0), question["upper"], rtol=1e-5,
            par_bounds=bounds, test_stat=question["statistic"])
        return {"observed": float(observed), "expected": [float(value) for value in expected]}
