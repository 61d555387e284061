// SPDX-License-Identifier: Apache-2.0
#include "CKernels.h"
#include "dispatch.h"
#include <math.h>

/* What is counted of events has the same bits on every processor. */
#pragma clang fp contract(off)

#define COMPARE(name, operator)                                                              \
  DISPATCHED void kernel_##name(uint8_t *out, const double *x, const double *y, long count) { \
    for (long i = 0; i < count; i++) out[i] = x[i] operator y[i];                            \
  }                                                                                          \
  DISPATCHED void kernel_##name##_constant(                                                  \
      uint8_t *out, const double *x, double y, long count) {                                 \
    for (long i = 0; i < count; i++) out[i] = x[i] operator y;                               \
  }
COMPARE(equal, ==)
COMPARE(less, <)
COMPARE(less_or_equal, <=)
COMPARE(greater, >)
COMPARE(greater_or_equal, >=)

#define ARITHMETIC(name, operator)                                                           \
  DISPATCHED void kernel_##name(double *out, const double *x, const double *y, long count) { \
    for (long i = 0; i < count; i++) out[i] = x[i] operator y[i];                            \
  }
ARITHMETIC(add, +)
ARITHMETIC(subtract, -)
ARITHMETIC(multiply, *)
ARITHMETIC(divide, /)

DISPATCHED void kernel_both(uint8_t *out, const uint8_t *a, const uint8_t *b, long count) {
  for (long i = 0; i < count; i++) out[i] = a[i] & b[i];
}

DISPATCHED void kernel_either(uint8_t *out, const uint8_t *a, const uint8_t *b, long count) {
  for (long i = 0; i < count; i++) out[i] = a[i] | b[i];
}

DISPATCHED void kernel_not(uint8_t *out, const uint8_t *a, long count) {
  for (long i = 0; i < count; i++) out[i] = a[i] ^ 1;
}

DISPATCHED long kernel_count(const uint8_t *flags, long count) {
  long sum = 0;
  for (long i = 0; i < count; i++) sum += flags[i];
  return sum;
}

DISPATCHED int kernel_is_finite(const double *x, long count) {
  /* x - x is 0 for finite x and NaN otherwise, and NaN stays. */
  vector8 spoiled = {0};
  long i = 0;
  for (; i + 8 <= count; i += 8) spoiled += LOAD(x + i) - LOAD(x + i);
  double rest = HORIZONTAL_SUM(spoiled);
  for (; i < count; i++) rest += x[i] - x[i];
  return rest == 0;
}

/* Adds a term by Knuth's TwoSum: the sum, and the rounding error of the addition. */
#define ADD(sum, compensation, term)                      \
  do {                                                    \
    vector8 total = (sum) + (term);                       \
    vector8 part = total - (sum);                         \
    (compensation) += ((sum) - (total - part)) + ((term) - part); \
    (sum) = total;                                        \
  } while (0)

DISPATCHED void kernel_weighted_sums(double *out, const double *weight, long count) {
  vector8 sum = {0}, compensation = {0}, squares = {0};
  long i = 0;
  for (; i + 8 <= count; i += 8) {
    vector8 w = LOAD(weight + i);
    ADD(sum, compensation, w);
    squares += w * w;
  }
  vector8 rest = {0};
  for (int lane = 0; i + lane < count; lane++) rest[lane] = weight[i + lane];
  ADD(sum, compensation, rest);
  squares += rest * rest;
  STORE(out) = sum;
  STORE(out + 8) = compensation;
  STORE(out + 16) = squares;
}

DISPATCHED void kernel_masked_sums(
    double *out, const double *weight, const uint8_t *flags, long count) {
  enum { SIZE = 256 };
  double kept[SIZE] __attribute__((aligned(64)));
  vector8 sum = {0}, compensation = {0}, squares = {0};
  for (long start = 0; start < count; start += SIZE) {
    long size = count - start < SIZE ? count - start : SIZE;
    for (long i = 0; i < size; i++) kept[i] = flags[start + i] ? weight[start + i] : 0.0;
    for (long i = size; i & 7; i++) kept[i] = 0;
    for (long i = 0; i < size; i += 8) {
      vector8 w = LOAD(kept + i);
      ADD(sum, compensation, w);
      squares += w * w;
    }
  }
  STORE(out) = sum;
  STORE(out + 8) = compensation;
  STORE(out + 16) = squares;
}

long kernel_indices(int32_t *out, const uint8_t *flags, long count) {
  long size = 0;
  for (long i = 0; i < count; i++) {
    out[size] = (int32_t)i;
    size += flags[i];
  }
  return size;
}

void kernel_filter(
    int32_t *sources, int32_t *kept, const int32_t *offsets, const uint8_t *flags, long parents,
    int32_t *ranks) {
  long count = offsets[parents];
  int32_t size = 0;
  for (long i = 0; i < count; i++) {
    ranks[i] = size;
    sources[size] = (int32_t)i;
    size += flags[i];
  }
  ranks[count] = size;
  for (long p = 0; p <= parents; p++) kept[p] = ranks[offsets[p]];
}

void kernel_parents(int32_t *out, const int32_t *offsets, long parents) {
  for (long p = 0; p < parents; p++) {
    /* Eight at once; what is too much, the next parent overwrites. */
    int32_t *place = out + offsets[p];
    for (int i = 0; i < 8; i++) place[i] = (int32_t)p;
    for (long i = 8; i < offsets[p + 1] - offsets[p]; i++) place[i] = (int32_t)p;
  }
}

DISPATCHED void kernel_take(double *out, const double *values, const int32_t *index, long count) {
  for (long i = 0; i < count; i++) out[i] = values[index[i]];
}

void kernel_slice(
    int32_t *sources, int32_t *sliced, const int32_t *offsets, long lower, long upper,
    long parents) {
  int32_t size = 0;
  sliced[0] = 0;
  for (long p = 0; p < parents; p++) {
    long length = offsets[p + 1] - offsets[p];
    long first = lower < 0 ? (lower + length > 0 ? lower + length : 0)
                           : (lower < length ? lower : length);
    long last = upper < 0 ? (upper + length > 0 ? upper + length : 0)
                          : (upper < length ? upper : length);
    long kept = last > first ? last - first : 0;
    int32_t start = (int32_t)(offsets[p] + first);
    /* Four at once; what is too much, the next parent overwrites. */
    for (int i = 0; i < 4; i++) sources[size + i] = start + i;
    for (long i = 4; i < kept; i++) sources[size + i] = start + (int32_t)i;
    size += (int32_t)kept;
    sliced[p + 1] = size;
  }
}

typedef long long flags8 __attribute__((vector_size(64)));

#define ALL(x) {x, x, x, x, x, x, x, x}
#define CHOOSE(flags, a, b) ((vector8)(((flags8)(a) & (flags)) | ((flags8)(b) & ~(flags))))

/* A short list, `none` where it has ended. How long a list is can't be foreseen, so a loop over it
 * would wait for each. */
#define SHORT_LIST(list, x, start, length, none)                        \
  const flags8 own_##list = places < (flags8)ALL(length);               \
  vector8 list = CHOOSE(own_##list, LOAD((x) + (start)), (vector8)ALL(none))

DISPATCHED void kernel_segment_sums(
    double *out, const double *x, const int32_t *offsets, long parents) {
  const flags8 places = {0, 1, 2, 3, 4, 5, 6, 7};
  const long end = offsets[parents];
  for (long p = 0; p < parents; p++) {
    long start = offsets[p], length = offsets[p + 1] - start;
    double sum = 0;
    if (length <= 8 && start + 8 <= end) {
      SHORT_LIST(list, x, start, length, 0.0);
      for (int i = 0; i < 8; i++) sum += list[i];
    } else {
      for (long i = start; i < start + length; i++) sum += x[i];
    }
    out[p] = sum;
  }
}

/* NaN wins and stays. */
#define EXTREME(name, operator, none)                                                    \
  DISPATCHED void kernel_segment_##name(                                                 \
      double *out, const double *x, const int32_t *offsets, long parents) {              \
    const flags8 places = {0, 1, 2, 3, 4, 5, 6, 7};                                      \
    const long end = offsets[parents];                                                   \
    for (long p = 0; p < parents; p++) {                                                 \
      long start = offsets[p], length = offsets[p + 1] - start;                          \
      double best = none;                                                                \
      if (length <= 8 && start + 8 <= end) {                                             \
        SHORT_LIST(list, x, start, length, none);                                        \
        vector8 other = __builtin_shufflevector(list, list, 4, 5, 6, 7, 0, 1, 2, 3);     \
        list = CHOOSE((other operator list) | (other != other), other, list);            \
        other = __builtin_shufflevector(list, list, 2, 3, 0, 1, 6, 7, 4, 5);             \
        list = CHOOSE((other operator list) | (other != other), other, list);            \
        best = ((list[1] operator list[0]) | (list[1] != list[1])) ? list[1] : list[0];  \
      } else {                                                                           \
        for (long i = start; i < start + length; i++)                                    \
          best = ((x[i] operator best) | (x[i] != x[i])) ? x[i] : best;                  \
      }                                                                                  \
      out[p] = best;                                                                     \
    }                                                                                    \
  }
EXTREME(minima, <, (double)INFINITY)
EXTREME(maxima, >, -(double)INFINITY)

DISPATCHED void kernel_azimuthal_difference(
    double *out, const double *x, const double *y, double constant, long count) {
  const double pi = 3.14159265358979323846;
  for (long i = 0; i < count; i++) {
    double difference = x[i] - (y ? y[i] : constant);
    double turned = difference > pi ? difference - 2 * pi : difference;
    out[i] = difference <= -pi ? difference + 2 * pi : turned;
  }
  /* What is more than a turn and a half away, or isn't finite. */
  int far = 0;
  for (long i = 0; i < count; i++) far |= !(__builtin_fabs(out[i]) <= pi);
  if (!far) return;
  for (long i = 0; i < count; i++) {
    double difference = x[i] - (y ? y[i] : constant);
    if (__builtin_fabs(difference) <= 3 * pi) continue;
    difference = remainder(difference, 2 * pi);
    out[i] = difference <= -pi ? difference + 2 * pi : difference;
  }
}

DISPATCHED void kernel_square_root(double *out, const double *x, long count) {
  for (long i = 0; i < count; i++) out[i] = __builtin_sqrt(x[i]);
}
