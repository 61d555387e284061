/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* The choice among versions of a function is made before the thread sanitizer is ready to watch it. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNDISPATCHED
#endif
#endif

/* One body, compiled for three generations of x86-64 and chosen when the program is loaded;
 * other processors have one version. */
#if defined(__x86_64__) && defined(__linux__) && !defined(UNDISPATCHED)
#define DISPATCHED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

#pragma clang fp contract(fast)

/* Eight doubles that may lie anywhere; narrower processors split them. */
typedef double vector8 __attribute__((vector_size(64), aligned(8), may_alias));

#define LOAD(pointer) (*(const vector8 *)(pointer))
#define STORE(pointer) (*(vector8 *)(pointer))
#define HORIZONTAL_SUM(x) \
  ((((x)[0] + (x)[4]) + ((x)[2] + (x)[6])) + (((x)[1] + (x)[5]) + ((x)[3] + (x)[7])))
