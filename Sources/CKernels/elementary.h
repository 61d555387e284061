/* SPDX-License-Identifier: Apache-2.0 */
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Branch-free logarithm and exponential that compilers turn into vector code.
 * The polynomials are those of fdlibm (Sun Microsystems, 1993). */

static inline __attribute__((always_inline)) double bits_to_double(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline __attribute__((always_inline)) uint64_t double_to_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

/* An integer of magnitude below 2^51 as a double, without a conversion instruction that older
 * vector units lack. */
static inline __attribute__((always_inline)) double integer_to_double(int64_t k) {
  return bits_to_double((uint64_t)(k + 0x0008000000000000LL) ^ 0x4330000000000000ULL) -
         0x1.8p52;
}

static inline __attribute__((always_inline)) double elementary_log(double x) {
  const double smallest_normal = 0x1p-1022;
  int subnormal = x < smallest_normal;
  double scaled = subnormal ? x * 0x1p54 : x;
  uint64_t bits = double_to_bits(scaled);
  /* x = 2^k m with m in [sqrt(1/2), sqrt(2)) */
  int64_t k = (int64_t)(bits - 0x3fe6a09e667f3bcdULL) >> 52;
  double f = bits_to_double(bits - ((uint64_t)k << 52)) - 1.0;
  double exponent = integer_to_double(k) - (subnormal ? 54.0 : 0.0);
  double s = f / (2.0 + f), z = s * s;
  double r = 1.531383769920937332e-01 + z * 1.479819860511658591e-01;
  r = 1.818357216161805012e-01 + z * r;
  r = 2.222219843214978396e-01 + z * r;
  r = 2.857142874366239149e-01 + z * r;
  r = 3.999999999940941908e-01 + z * r;
  r = z * (6.666666666666735130e-01 + z * r);
  double half_square = 0.5 * f * f;
  double result =
      exponent * 6.93147180369123816490e-01 -
      ((half_square - (s * (half_square + r) + exponent * 1.90821492927058770002e-10)) - f);
  result = x == 0.0 ? -INFINITY : result;
  result = x < 0.0 ? (double)NAN : result;
  /* Infinity and NaN are their own logarithms. */
  return x < INFINITY ? result : x;
}

static inline __attribute__((always_inline)) double elementary_exp(double x) {
  double clamped = x > 710.0 ? 710.0 : x;
  clamped = clamped < -746.0 ? -746.0 : clamped;
  /* x = k log 2 + r, |r| <= log(2)/2; adding 1.5 * 2^52 rounds to an integer. */
  double shifted = clamped * 1.4426950408889634074 + 0x1.8p52;
  int64_t k = (int64_t)(double_to_bits(shifted) - double_to_bits(0x1.8p52));
  double rounded = shifted - 0x1.8p52;
  double high = clamped - rounded * 6.93147180369123816490e-01;
  double low = rounded * 1.90821492927058770002e-10;
  double r = high - low, square = r * r;
  double p = -1.65339022054652515390e-06 + square * 4.13813679705723846039e-08;
  p = 6.61375632143793436117e-05 + square * p;
  p = -2.77777777770155933842e-03 + square * p;
  p = 1.66666666666666019037e-01 + square * p;
  double c = r - square * p;
  double mantissa = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  /* Two factors, so that the result may be subnormal or overflow by itself. */
  int64_t half = k >> 1;
  double first = bits_to_double((uint64_t)(half + 1023) << 52);
  double second = bits_to_double((uint64_t)(k - half + 1023) << 52);
  double result = mantissa * first * second;
  return x == x ? result : x;
}
