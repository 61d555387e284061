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
/* The same where the first indices are the same two by two. */
void kernel_scatter_pairs(
    double *table, const int32_t *index, double a, const double *x, const double *y, long pairs,
    long count);
/* matrix[row[k] * stride + i] += weight[k] * x[i]; stride a multiple of 8. */
void kernel_scatter_rows(
    double *matrix, const int32_t *row, const double *weight, const double *x, long count,
    long stride);
/* Block after block of columns, each padded to a multiple of 8: sizes holds for each block how many
 * pairs stand first, whose two indices follow each other, and how many columns there are.
 * out[i] = table[index[i]], padding left alone. */
void kernel_block_gather(
    double *out, const double *table, const int32_t *index, const int32_t *sizes, long blocks);
/* table[index[i]] += scale[block] * x[i], one after the other: indices may repeat. */
void kernel_block_scatter(
    double *table, const int32_t *index, const double *scale, const double *x,
    const int32_t *sizes, long blocks);
/* A block-diagonal matrix, block after block, each [rows x columns] with columns a multiple of 8:
 * shapes holds rows and columns of each.
 * out += matrix x. */
void kernel_block_matrix_vector(
    double *out, const double *matrix, const double *x, const int32_t *shapes, long blocks);
/* out = matrix^T x. */
void kernel_block_transposed_matrix_vector(
    double *out, const double *matrix, const double *x, const int32_t *shapes, long blocks);

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
/* Exponential interpolation with a polynomial of degree 6 inside |alpha| < 1 (pyhf's code4).
 * coefficients: 8 arrays of length stride: a1...a6, log(hi), -log(lo), of which one may be infinite.
 * f, f'/f and, unless curvature is null, (f''/f - (f'/f)^2) for each entry; where f and its
 * derivatives go to 0, f is at least 2^-50 inside and f = f'/f = 0 outside. */
void kernel_interpolate_exponential(
    double *f, double *slope, double *curvature, const double *alpha, const double *coefficients,
    long count, long stride);
/* The same without a polynomial (pyhf's code1), whose f''/f - (f'/f)^2 is 0; f'/f is a1 at
 * alpha = 0, where there is a kink. */
void kernel_exponential(
    double *f, double *slope, const double *alpha, const double *coefficients, long count,
    long stride);
/* out[s] = product of x[starts[s]] ... x[starts[s + 1] - 1], 1 for none. */
void kernel_segment_products(
    double *out, const double *x, const int32_t *starts, long segments);

#ifdef __cplusplus
}
#endif
