/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* Kernels over many events: activations, dense layers, smooth histograms. Conventions as in
 * CKernels.h. */

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Elementary functions; out may be x; relative error below 4e-16 unless stated -------------- */

/* out[i] = 1/(1 + exp(-x[i])) */
void kernel_sigmoid(double *out, const double *x, long count);
/* out[i] = log(1 + exp(x[i])), without overflow and with the relative accuracy of its tail. */
void kernel_softplus(double *out, const double *x, long count);
/* out[i] = tanh(x[i]) */
void kernel_tanh(double *out, const double *x, long count);
/* out[i] = Phi(x[i]), the normal distribution function; relative error below 1e-13 for x > -38. */
void kernel_normal_cdf(double *out, const double *x, long count);

/* ---- Products of matrices ---------------------------------------------------------------------- */

/* c += a b for a [rows x depth], b [depth x columns], c [rows x columns].
 * a's element (i, k) is a[i * row_step + k * depth_step]; rows of b and c are contiguous and begin
 * every b_stride and c_stride elements. */
void kernel_matrix_product(
    double *c, long c_stride, const double *a, long row_step, long depth_step, const double *b,
    long b_stride, long rows, long columns, long depth);

/* Every row of out [rows x columns] becomes row. */
void kernel_repeat_row(double *out, const double *row, long rows, long columns);
/* out[i] = max(0, x[i]), NaN kept; out may be x. */
void kernel_relu(double *out, const double *x, long count);
/* out[i] = adjoint[i] where y[i] > 0, else 0; out may be adjoint. */
void kernel_relu_adjoint(double *out, const double *adjoint, const double *y, long count);

/* ---- Histograms of smeared events -------------------------------------------------------------- */

/* Every event is a normal density of width bandwidth about x[i]; K[b] is the part of it in bin b,
 * and sums[b] += sum of w K[b], squares[b] += sum of (w K[b])^2 (unless null). w null: weights 1.
 * edges[bins + 1] ascend. folded: the first bin begins at -inf, the last one ends at +inf. */
void kernel_density_histogram(
    double *sums, double *squares, const double *x, const double *w, long count,
    const double *edges, long bins, double bandwidth, int folded);
/* The transposed Jacobian of the above: to_sums and to_squares (null if absent) are adjoints of the
 * result; to_x, to_w, to_edges, to_bandwidth are added to, each unless null. */
void kernel_density_histogram_adjoint(
    double *to_x, double *to_w, double *to_edges, double *to_bandwidth, const double *to_sums,
    const double *to_squares, const double *x, const double *w, long count, const double *edges,
    long bins, double bandwidth, int folded);

#ifdef __cplusplus
}
#endif
