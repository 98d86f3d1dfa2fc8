// What glibc declares only under _GNU_SOURCE, which Swift's Glibc module does not set.
#pragma once

int renameat2(int, const char *, int, const char *, unsigned int);
int memfd_create(const char *, unsigned int);

static const unsigned int SEEDBED_RENAME_EXCHANGE = 2;
static const unsigned int SEEDBED_MFD_CLOEXEC = 1;
