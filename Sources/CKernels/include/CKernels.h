/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <stdint.h>

#include "layers.h"

/* Numerical kernels on doubles, dispatched at load time to the widest vectors of the CPU.
 *
 * Lengths are element counts. Unless said otherwise arrays may have any alignment (64 bytes is
 * fastest), outputs must not overlap inputs, and "+=" means that the output is added to.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Elementary functions -------------------------------------------------------------------- */

/* out[i] = log(x[i]); log(0) = -inf, log(negative) = NaN; at most 1 ulp from libm. out may be x. */
void kernel_log(double *out, const double *x, long count);
/* out[i] = exp(x[i]), gradual underflow and overflow to inf; at most 1 ulp. out may be x. */
void kernel_exp(double *out, const double *x, long count);
/* log of the normal distribution function; relative error below 1e-13 for every finite x. */
double kernel_log_normal_cdf(double x);
/* Derivative of the above: phi(x)/Phi(x). */
double kernel_inverse_mills_ratio(double x);
/* log |Gamma(x)|, without the shared sign variable of lgamma (so it can be called anywhere). */
double kernel_log_gamma(double x);
/* Derivative of log Gamma, x > 0. */
double kernel_digamma(double x);

/* ---- Random numbers -------------------------------------------------------------------------- */

/* A permutation of all 64-bit numbers that leaves no pattern of its argument: SplitMix64's output
 * function (Steele, Lea, Flood, OOPSLA 2014, doi 10.1145/2660193.2660195). */
static inline uint64_t kernel_mix_bits(uint64_t value) {
  uint64_t z = value + 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

/* ---- Dense vectors and matrices -------------------------------------------------------------- */

/* sum of x[i] * y[i] */
double kernel_dot(const double *x, const double *y, long count);
/* y[i] += a * x[i] */
void kernel_axpy(double *y, double a, const double *x, long count);
/* out[i] = table[index[i]] */
void kernel_gather(double *out, const double *table, const int32_t *index, long count);
/* table[index[i]] += a * x[i] * y[i], one after the other: indices may repeat. */
void kernel_scatter(
    double *table, const int32_t *index, double a, const double *x, const double *y, long count);
/* out[i] = a * x[i] */
void kernel_scaled(double *out, double a, const double *x, long count);
/* Row rows[r] of out += the sum over k in starts[r]...starts[r + 1] of
 * weights[lanes[k]] * row sources[k] of matrix; stride, a multiple of 8, is that of both. */
void kernel_sparse_product(
    double *out, const int32_t *rows, const int32_t *starts, const int32_t *sources,
    const int32_t *lanes, const double *weights, const double *matrix, long count, long stride);

/* The functions below work on square matrices padded with zeros to stride rows and columns,
 * stride a multiple of 8; only the upper triangle has a meaning, what is below it is overwritten. */

/* h += sum over r of weight[r] * outer(rows[r], rows[r]), rows[count x stride]. */
void kernel_rank_update(
    double *h, const double *rows, const double *weight, long count, long stride);
/* h += half + half^T. */
void kernel_add_symmetrised(double *h, const double *half, long order, long stride);
/* Cholesky factor u (a = u^T u) in place. diagonal: scratch for order elements.
 * Returns 0, or 1 + the first row whose pivot is not positive beyond rounding. */
long kernel_cholesky(double *a, double *diagonal, long order, long stride);
/* x = u^-T x */
void kernel_solve_transposed(const double *u, double *x, long order, long stride);
/* x = u^-1 x */
void kernel_solve_upper(const double *u, double *x, long order, long stride);

/* ---- HistFactory ----------------------------------------------------------------------------- */

/* sum of nu - n log nu (only nu where n = 0), with dw = d/dnu of each term = 1 - n/nu and
 * curvature = n/nu^2. nu = 0 with n > 0 gives inf, nu < 0 with n > 0 NaN. */
double kernel_poisson(
    const double *nu, const double *n, double *dw, double *curvature, long count);
/* sum of weight (x - observed)^2 / 2 with slopes = weight (x - observed), x taken at parameters[i]. */
double kernel_normal(
    double *slopes, const double *x, const int32_t *parameters, const double *observed,
    const double *weights, long count);

/* The samples of all channels, one behind the other, and what each needs of x, the parameters.
 * Expected events of a sample in bin b are scale * ratio[b] * shape[b]: the scale is a product of
 * normsys factors and of x[factors...], the ratio of x[binwise... + b], and
 * shape[b] = nominal[b] + the sum over blocks k of templates[k][b] . coefficients[blocks[k]...+8]. */
typedef struct {
  int32_t first_bin, bins;
  /* How many of each there are; they follow those of the sample before. */
  int32_t blocks, factors, binwise;
  /* Where the product of its normsys factors stands. */
  int32_t product;
} kernel_sample;

typedef struct {
  const kernel_sample *samples;
  long sample_count;
  /* [cells], and for each sample [blocks x bins x 8] */
  const double *nominal, *templates;
  const int32_t *blocks, *factors, *binwise;
} kernel_rate_tables;

/* Adds the expected events of all samples to rates [bins]; keeps scales [samples], shapes and ratios
 * [cells], the latter only where a sample has bin-wise factors. */
void kernel_rates(
    double *rates, double *scales, double *shapes, double *ratios,
    const kernel_rate_tables *tables, const double *x, const double *coefficients,
    const double *products);
/* Pulls rate_gradient [bins] back: adds to gradient what comes through factors and bin-wise factors,
 * to coefficient_gradient what comes through templates. product_moments: d/d(log product).
 * moments [samples]: sum of pulled * shape; pulled [cells]: rate_gradient * ratio. Cells with active
 * 0 count as constants; active may be null. */
void kernel_rate_gradient(
    double *gradient, double *coefficient_gradient, double *product_moments, double *moments,
    double *pulled, const kernel_rate_tables *tables, const double *x, const double *products,
    const double *scales, const double *shapes, const double *ratios,
    const double *rate_gradient, const double *active);
/* out[block] += scale * templates[k] * slopes[block] for each of count blocks of eight, stride
 * elements apart in templates; blocks from wrap on are added to those wrap before. */
void kernel_template_row(
    double *out, double scale, const double *templates, long stride, const int32_t *blocks,
    long count, const double *slopes, long wrap);
/* pyhf's code4p: coefficients[k] = a and coefficients[bends + k] = q(a) with dq/da and d2q/da2,
 * a taken from x at parameters[k]. */
void kernel_bends(
    double *coefficients, double *slopes, double *curvatures, const double *x,
    const int32_t *parameters, long count, long bends);

/* Exponential interpolations by parameter: its entries starts[p]...starts[p + 1] are blocks of eight
 * samples, whose products stand at blocks[entry].
 * polynomials: [entries x 6 x 8] a1...a6; exponents: [entries x 2 x 8] log(hi) and -log(lo), of which
 * one may be infinite. */
typedef struct {
  const int32_t *parameters, *starts, *blocks;
  const double *polynomials, *exponents;
  long parameter_count, product_count;
  /* Polynomials of degree 6 inside |alpha| < 1 (pyhf's code4), or exponentials everywhere (code1),
   * with f'/f = a1 at the kink at alpha = 0. */
  int32_t is_smooth;
} kernel_normsys_tables;

/* products [product_count] of the factors f, f'/f and, unless curvatures is null,
 * f''/f - (f'/f)^2 for each entry [entries x 8]; where f and its derivatives go to 0, f is at least
 * 2^-50 inside and f = f'/f = 0 outside. */
void kernel_normsys_factors(
    double *products, double *slopes, double *curvatures, const kernel_normsys_tables *tables,
    const double *x);
/* gradient += what comes through the factors, from d/d(log product). */
void kernel_normsys_gradient(
    double *gradient, const kernel_normsys_tables *tables, const double *product_moments,
    const double *slopes);

/* ---- Selections ------------------------------------------------------------------------------ */

/* Flags are bytes, 0 or 1. These functions give the same bits on every processor; out may be x. */

/* out[i] = x[i] == y[i], and so on; NaN is equal to nothing and neither less nor greater. */
void kernel_equal(uint8_t *out, const double *x, const double *y, long count);
void kernel_less(uint8_t *out, const double *x, const double *y, long count);
void kernel_less_or_equal(uint8_t *out, const double *x, const double *y, long count);
void kernel_greater(uint8_t *out, const double *x, const double *y, long count);
void kernel_greater_or_equal(uint8_t *out, const double *x, const double *y, long count);
/* The same with one y for all. */
void kernel_equal_constant(uint8_t *out, const double *x, double y, long count);
void kernel_less_constant(uint8_t *out, const double *x, double y, long count);
void kernel_less_or_equal_constant(uint8_t *out, const double *x, double y, long count);
void kernel_greater_constant(uint8_t *out, const double *x, double y, long count);
void kernel_greater_or_equal_constant(uint8_t *out, const double *x, double y, long count);
/* out[i] = x[i] + y[i], and so on. */
void kernel_add(double *out, const double *x, const double *y, long count);
void kernel_subtract(double *out, const double *x, const double *y, long count);
void kernel_multiply(double *out, const double *x, const double *y, long count);
void kernel_divide(double *out, const double *x, const double *y, long count);
/* out[i] = a[i] & b[i], a[i] | b[i], 1 - a[i]. */
void kernel_both(uint8_t *out, const uint8_t *a, const uint8_t *b, long count);
void kernel_either(uint8_t *out, const uint8_t *a, const uint8_t *b, long count);
void kernel_not(uint8_t *out, const uint8_t *a, long count);
/* How many flags are 1. */
long kernel_count(const uint8_t *flags, long count);
/* Whether all numbers are finite. */
int kernel_is_finite(const double *x, long count);
/* Eight compensated sums of weight and eight plain ones of weight^2, element i in lane i mod 8:
 * out[24] = sums, compensations, sums of squares. */
void kernel_weighted_sums(double *out, const double *weight, long count);
/* The same of the elements whose flag is 1. */
void kernel_masked_sums(double *out, const double *weight, const uint8_t *flags, long count);
/* The places of the flags that are 1, ascending; out has room for count. Returns how many. */
long kernel_indices(int32_t *out, const uint8_t *flags, long count);
/* Lists, one per parent, one after the other: those of parent p are offsets[p] ... offsets[p + 1] - 1.
 * The elements whose flag is 1, and where those of each parent begin: sources and ranks have room for
 * all elements and one more, kept for parents + 1. */
void kernel_filter(
    int32_t *sources, int32_t *kept, const int32_t *offsets, const uint8_t *flags, long parents,
    int32_t *ranks);
/* Elements number lower ... upper - 1 of each parent, counted from the end if negative: sources has room
 * for 4 more than there are, sliced for parents + 1. */
void kernel_slice(
    int32_t *sources, int32_t *sliced, const int32_t *offsets, long lower, long upper,
    long parents);
/* The parent of each element; out has room for 8 more than there are. */
void kernel_parents(int32_t *out, const int32_t *offsets, long parents);
/* out[i] = values[index[i]] */
void kernel_take(double *out, const double *values, const int32_t *index, long count);
/* The sum of each list, one element after the other. */
void kernel_segment_sums(double *out, const double *x, const int32_t *offsets, long parents);
/* The least and the greatest of each list, NaN if one is NaN; inf and -inf of nothing. */
void kernel_segment_minima(double *out, const double *x, const int32_t *offsets, long parents);
void kernel_segment_maxima(double *out, const double *x, const int32_t *offsets, long parents);
/* x[i] - y[i] into (-pi, pi], NaN where it isn't finite; y null: a constant for all. */
void kernel_azimuthal_difference(
    double *out, const double *x, const double *y, double constant, long count);
/* out[i] = sqrt(x[i]) */
void kernel_square_root(double *out, const double *x, long count);

#ifdef __cplusplus
}
#endif
