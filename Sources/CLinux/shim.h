// What glibc declares only under _GNU_SOURCE, which Swift's Glibc module does not set.
#pragma once

int renameat2(int, const char *, int, const char *, unsigned int);
int memfd_create(const char *, unsigned int);
long copy_file_range(int, long *, int, long *, unsigned long, unsigned int);

static const unsigned int SEEDBED_RENAME_EXCHANGE = 2;
static const unsigned int SEEDBED_MFD_CLOEXEC = 1;

int prctl(int, ...);

// Swift cannot call functions with variable arguments. 1 is PR_SET_PDEATHSIG, 9 is SIGKILL.
static inline int seedbed_die_with_parent(void) { return prctl(1, 9L, 0L, 0L, 0L); }
