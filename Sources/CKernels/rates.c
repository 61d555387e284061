// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"

/* Bins are treated up to four at once, so that their sums stay in registers: n is known where these
 * functions are inlined. */

static inline __attribute__((always_inline)) void deform_bins(
    double *restrict shapes, const double *restrict nominal, const double *restrict templates,
    const int32_t *restrict blocks, long count, long bins, const double *restrict coefficients,
    const int n) {
  vector8 sums[4];
  for (int b = 0; b < n; b++) sums[b] = (vector8){0};
  for (long k = 0; k < count; k++) {
    vector8 c = LOAD(coefficients + blocks[k]);
    const double *t = templates + 8 * bins * k;
    for (int b = 0; b < n; b++) sums[b] += c * LOAD(t + 8 * b);
  }
  for (int b = 0; b < n; b++) shapes[b] = nominal[b] + HORIZONTAL_SUM(sums[b]);
}

static inline __attribute__((always_inline)) void deform(
    double *restrict shapes, const double *restrict nominal, const double *restrict templates,
    const int32_t *restrict blocks, long count, long bins, const double *restrict coefficients) {
  long b = 0;
  for (; b + 4 <= bins; b += 4)
    deform_bins(shapes + b, nominal + b, templates + 8 * b, blocks, count, bins, coefficients, 4);
  switch (bins - b) {
    case 1:
      deform_bins(shapes + b, nominal + b, templates + 8 * b, blocks, count, bins, coefficients, 1);
      break;
    case 2:
      deform_bins(shapes + b, nominal + b, templates + 8 * b, blocks, count, bins, coefficients, 2);
      break;
    case 3:
      deform_bins(shapes + b, nominal + b, templates + 8 * b, blocks, count, bins, coefficients, 3);
      break;
  }
}

DISPATCHED void kernel_rates(
    double *restrict rates, double *restrict scales, double *restrict shapes,
    double *restrict ratios, const kernel_rate_tables *tables, const double *restrict x,
    const double *restrict coefficients, const double *restrict products) {
  const double *nominal = tables->nominal, *templates = tables->templates;
  const int32_t *blocks = tables->blocks, *factors = tables->factors;
  const int32_t *binwise = tables->binwise;
  for (long s = 0; s < tables->sample_count; s++) {
    kernel_sample sample = tables->samples[s];
    long bins = sample.bins;
    double scale = products[sample.product];
    for (long k = 0; k < sample.factors; k++) scale *= x[factors[k]];
    scales[s] = scale;
    deform(shapes, nominal, templates, blocks, sample.blocks, bins, coefficients);
    double *total = rates + sample.first_bin;
    if (sample.binwise == 0) {
      for (long b = 0; b < bins; b++) total[b] += scale * shapes[b];
    } else {
      for (long b = 0; b < bins; b++) {
        double ratio = x[binwise[0] + b];
        for (long k = 1; k < sample.binwise; k++) ratio *= x[binwise[k] + b];
        ratios[b] = ratio;
        total[b] += scale * ratio * shapes[b];
      }
    }
    shapes += bins;
    ratios += bins;
    nominal += bins;
    templates += 8 * bins * sample.blocks;
    blocks += sample.blocks;
    factors += sample.factors;
    binwise += sample.binwise;
  }
}

static inline __attribute__((always_inline)) void project_bins(
    double *restrict gradient, const double *restrict weights, double scale,
    const double *restrict templates, const int32_t *restrict blocks, long count, long bins,
    const int n) {
  double scaled[4];
  for (int b = 0; b < n; b++) scaled[b] = scale * weights[b];
  for (long k = 0; k < count; k++) {
    const double *t = templates + 8 * bins * k;
    vector8 sum = scaled[0] * LOAD(t);
    for (int b = 1; b < n; b++) sum += scaled[b] * LOAD(t + 8 * b);
    STORE(gradient + blocks[k]) = LOAD(gradient + blocks[k]) + sum;
  }
}

static inline __attribute__((always_inline)) void project(
    double *restrict gradient, const double *restrict weights, double scale,
    const double *restrict templates, const int32_t *restrict blocks, long count, long bins) {
  long b = 0;
  for (; b + 4 <= bins; b += 4)
    project_bins(gradient, weights + b, scale, templates + 8 * b, blocks, count, bins, 4);
  switch (bins - b) {
    case 1: project_bins(gradient, weights + b, scale, templates + 8 * b, blocks, count, bins, 1); break;
    case 2: project_bins(gradient, weights + b, scale, templates + 8 * b, blocks, count, bins, 2); break;
    case 3: project_bins(gradient, weights + b, scale, templates + 8 * b, blocks, count, bins, 3); break;
  }
}

/* The product of all but one of the bin-wise factors of a bin. */
static inline __attribute__((always_inline)) double other_factors(
    const double *restrict x, const int32_t *restrict binwise, long count, long without, long b) {
  double product = 1;
  for (long k = 0; k < count; k++)
    if (k != without) product *= x[binwise[k] + b];
  return product;
}

DISPATCHED void kernel_rate_gradient(
    double *restrict gradient, double *restrict coefficient_gradient,
    double *restrict product_moments, double *restrict moments, double *restrict pulled,
    const kernel_rate_tables *tables, const double *restrict x, const double *restrict products,
    const double *restrict scales, const double *restrict shapes, const double *restrict ratios,
    const double *restrict rate_gradient, const double *restrict active) {
  const double *templates = tables->templates;
  const int32_t *blocks = tables->blocks, *factors = tables->factors;
  const int32_t *binwise = tables->binwise;
  for (long s = 0; s < tables->sample_count; s++) {
    kernel_sample sample = tables->samples[s];
    long bins = sample.bins;
    const double *slopes = rate_gradient + sample.first_bin;
    double moment = 0, scale = scales[s];
    for (long b = 0; b < bins; b++) {
      double weight = slopes[b] * ratios[b];
      if (active) weight *= active[b];
      pulled[b] = weight;
      moment += weight * shapes[b];
    }
    moments[s] = moment;
    product_moments[sample.product] = scale * moment;
    /* Never by dividing: a signal strength of 0 is the common case. */
    for (long k = 0; k < sample.factors; k++) {
      double rest = products[sample.product];
      for (long other = 0; other < sample.factors; other++)
        if (other != k) rest *= x[factors[other]];
      gradient[factors[k]] += moment * rest;
    }
    for (long k = 0; k < sample.binwise; k++)
      for (long b = 0; b < bins; b++) {
        double rest = other_factors(x, binwise, sample.binwise, k, b);
        if (active) rest *= active[b];
        gradient[binwise[k] + b] += slopes[b] * scale * shapes[b] * rest;
      }
    project(coefficient_gradient, pulled, scale, templates, blocks, sample.blocks, bins);
    pulled += bins;
    shapes += bins;
    ratios += bins;
    if (active) active += bins;
    templates += 8 * bins * sample.blocks;
    blocks += sample.blocks;
    factors += sample.factors;
    binwise += sample.binwise;
  }
}

DISPATCHED void kernel_template_row(
    double *restrict out, double scale, const double *restrict templates, long stride,
    const int32_t *restrict blocks, long count, const double *restrict slopes, long wrap) {
  for (long k = 0; k < count; k++) {
    long block = blocks[k], target = block < wrap ? block : block - wrap;
    vector8 term = LOAD(templates + stride * k) * LOAD(slopes + block);
    STORE(out + target) = LOAD(out + target) + scale * term;
  }
}
