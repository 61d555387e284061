// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"

/* Below this a factor is rounding of a polynomial whose coefficients are of order 1. */
#define FACTOR_FLOOR 0x1p-50

/* One block of eight samples; the compiler makes vectors of the loops. curvature may be null. */
static inline __attribute__((always_inline)) void inside(
    double *restrict product, double *restrict slope, double *restrict curvature, double a,
    const double *restrict polynomials) {
  const double *a1 = polynomials;
  for (int i = 0; i < 8; i++) {
    /* Horner's scheme for the value, the derivative and half of the second one. */
    double value = a1[40 + i], first = 0, half = 0;
    for (int k = 32; k >= 0; k -= 8) {
      half = half * a + first;
      first = first * a + value;
      value = value * a + a1[k + i];
    }
    half = half * a + first;
    first = first * a + value;
    value = value * a + 1;
    /* A factor that goes to 0 with its derivatives: f * s and f * s * s stay what they are. */
    value = fabs(value) < FACTOR_FLOOR ? FACTOR_FLOOR : value;
    double inverse = 1 / value, s = first * inverse;
    product[i] *= value;
    slope[i] = s;
    if (curvature) curvature[i] = 2 * half * inverse - s * s;
  }
}

static inline __attribute__((always_inline)) void outside(
    double *restrict product, double *restrict slope, double *restrict curvature, double a,
    const double *restrict rates) {
  for (int i = 0; i < 8; i++) {
    double value = elementary_exp(a * rates[i]);
    product[i] *= value;
    slope[i] = value > 0 ? rates[i] : 0;
  }
  if (curvature)
    for (int i = 0; i < 8; i++) curvature[i] = 0;
}

static inline __attribute__((always_inline)) void all_factors(
    double *restrict products, double *restrict slopes, double *restrict curvatures,
    const kernel_normsys_tables *tables, const double *restrict x) {
  for (long p = 0; p < tables->parameter_count; p++) {
    double a = x[tables->parameters[p]];
    int is_inside = tables->is_smooth && fabs(a) < 1;
    for (long e = tables->starts[p]; e < tables->starts[p + 1]; e++) {
      double *product = products + tables->blocks[e], *slope = slopes + 8 * e;
      double *curvature = curvatures ? curvatures + 8 * e : 0;
      if (is_inside)
        inside(product, slope, curvature, a, tables->polynomials + 48 * e);
      else if (a == 0)
        /* At the kink, where f is 1, the mean of both sides. */
        for (int i = 0; i < 8; i++) slope[i] = tables->polynomials[48 * e + i];
      else
        outside(product, slope, curvature, a, tables->exponents + 16 * e + (a > 0 ? 0 : 8));
    }
  }
}

DISPATCHED void kernel_normsys_factors(
    double *restrict products, double *restrict slopes, double *restrict curvatures,
    const kernel_normsys_tables *tables, const double *restrict x) {
  for (long i = 0; i < tables->product_count; i++) products[i] = 1;
  if (curvatures)
    all_factors(products, slopes, curvatures, tables, x);
  else
    all_factors(products, slopes, 0, tables, x);
}

DISPATCHED void kernel_normsys_gradient(
    double *restrict gradient, const kernel_normsys_tables *tables,
    const double *restrict product_moments, const double *restrict slopes) {
  for (long p = 0; p < tables->parameter_count; p++) {
    vector8 sum = {0};
    for (long e = tables->starts[p]; e < tables->starts[p + 1]; e++)
      sum += LOAD(product_moments + tables->blocks[e]) * LOAD(slopes + 8 * e);
    gradient[tables->parameters[p]] += HORIZONTAL_SUM(sum);
  }
}
