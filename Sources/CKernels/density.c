// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include "elementary.h"
#include "normal.h"

enum { chunk = 128 };
static const double inverse_sqrt_2pi = 0.39894228040143267794;

/* One edge seen from a chunk of events. */
struct edge {
  double z[chunk];     /* (edge - x)/bandwidth, or an infinity */
  double tail[chunk];  /* Phi(-|z|) */
  double gauss[chunk]; /* exp(-z^2/2) */
};

static inline __attribute__((always_inline)) void place_edge(
    struct edge *restrict edge, const double *restrict x, long length, double position,
    double inverse) {
  for (long i = 0; i < length; i++) {
    double z = (position - x[i]) * inverse;
    edge->z[i] = z;
    edge->tail[i] = normal_tail(z, &edge->gauss[i]);
  }
}

/* Bins that are open at one side end at an edge from which nothing is left out. */
static inline __attribute__((always_inline)) void place_open_edge(
    struct edge *restrict edge, long length, double sign) {
  for (long i = 0; i < length; i++) {
    edge->z[i] = sign * INFINITY;
    edge->tail[i] = 0;
    edge->gauss[i] = 0;
  }
}

static inline __attribute__((always_inline)) void place(
    struct edge *restrict edge, const double *restrict x, long length, const double *edges,
    long index, long bins, double inverse, int folded) {
  if (folded && index == 0) return place_open_edge(edge, length, -1);
  if (folded && index == bins) return place_open_edge(edge, length, 1);
  place_edge(edge, x, length, edges[index], inverse);
}

/* Phi(upper) - Phi(lower) from the tails, without cancellation where both lie on one side. */
static inline __attribute__((always_inline)) double between(
    const struct edge *lower, const struct edge *upper, long i) {
  double l = lower->tail[i], u = upper->tail[i];
  double above = l - u, below = u - l, across = 1 - l - u;
  double one_side = lower->z[i] > 0 ? above : below;
  return (lower->z[i] > 0) == (upper->z[i] > 0) ? one_side : across;
}

DISPATCHED void kernel_density_histogram(
    double *restrict sums, double *restrict squares, const double *restrict x,
    const double *restrict w, long count, const double *restrict edges, long bins,
    double bandwidth, int folded) {
  struct edge first, second;
  double terms[chunk];
  double inverse = 1 / bandwidth;
  for (long begin = 0; begin < count; begin += chunk) {
    long length = count - begin < chunk ? count - begin : chunk;
    struct edge *lower = &first, *upper = &second;
    place(lower, x + begin, length, edges, 0, bins, inverse, folded);
    for (long bin = 0; bin < bins; bin++) {
      place(upper, x + begin, length, edges, bin + 1, bins, inverse, folded);
      for (long i = 0; i < length; i++)
        terms[i] = (w ? w[begin + i] : 1) * between(lower, upper, i);
      for (long i = length; i < ((length + 7) & ~7L); i++) terms[i] = 0;
      vector8 total = {0}, square = {0};
      for (long i = 0; i < length; i += 8) {
        vector8 term = LOAD(terms + i);
        total += term;
        square += term * term;
      }
      sums[bin] += HORIZONTAL_SUM(total);
      if (squares) squares[bin] += HORIZONTAL_SUM(square);
      struct edge *passed = lower;
      lower = upper;
      upper = passed;
    }
  }
}

DISPATCHED void kernel_density_histogram_adjoint(
    double *restrict to_x, double *restrict to_w, double *restrict to_edges,
    double *restrict to_bandwidth, const double *restrict to_sums,
    const double *restrict to_squares, const double *restrict x, const double *restrict w,
    long count, const double *restrict edges, long bins, double bandwidth, int folded) {
  struct edge first, second;
  double slopes[chunk], moves[chunk], along_x[chunk], along_w[chunk];
  double inverse = 1 / bandwidth;
  vector8 bandwidth_total = {0};
  for (long begin = 0; begin < count; begin += chunk) {
    long length = count - begin < chunk ? count - begin : chunk;
    long padded = (length + 7) & ~7L;
    struct edge *lower = &first, *upper = &second;
    place(lower, x + begin, length, edges, 0, bins, inverse, folded);
    for (long i = 0; i < length; i++) slopes[i] = along_x[i] = along_w[i] = 0;
    for (long index = 0; index <= bins; index++) {
      double to_sum = 0, to_square = 0;
      if (index < bins) {
        to_sum = to_sums[index];
        to_square = to_squares ? to_squares[index] : 0;
        place(upper, x + begin, length, edges, index + 1, bins, inverse, folded);
      }
      /* The lower edge takes from the bin above what it gives to the bin below. */
      for (long i = 0; i < length; i++) {
        double weight = w ? w[begin + i] : 1;
        double part = index < bins ? between(lower, upper, i) : 0;
        /* What the adjoints see of w K. */
        double weighted = to_sum + 2 * to_square * weight * part;
        double slope = weight * weighted;
        along_w[i] += part * weighted;
        moves[i] = lower->gauss[i] * (slopes[i] - slope) * (inverse_sqrt_2pi * inverse);
        slopes[i] = slope;
        along_x[i] -= moves[i];
      }
      for (long i = length; i < padded; i++) moves[i] = lower->z[i] = 0;
      vector8 edge_total = {0};
      int open = folded && (index == 0 || index == bins);
      for (long i = 0; i < length && !open; i += 8) {
        edge_total += LOAD(moves + i);
        bandwidth_total -= LOAD(moves + i) * LOAD(lower->z + i);
      }
      if (to_edges) to_edges[index] += HORIZONTAL_SUM(edge_total);
      struct edge *passed = lower;
      lower = upper;
      upper = passed;
    }
    if (to_x)
      for (long i = 0; i < length; i++) to_x[begin + i] += along_x[i];
    if (to_w)
      for (long i = 0; i < length; i++) to_w[begin + i] += along_w[i];
  }
  if (to_bandwidth) *to_bandwidth += HORIZONTAL_SUM(bandwidth_total);
}
