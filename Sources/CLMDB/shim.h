#ifndef STEPWELL_CLMDB_SHIM_H
#define STEPWELL_CLMDB_SHIM_H
#if __has_include(<lmdb.h>)
#include <lmdb.h>
#else
#error "LMDB headers not found. Install them with: apt-get install liblmdb-dev"
#endif
/* statfs(2), which says whether a directory is on a local file system. */
#include <sys/vfs.h>
/* malloc_trim(3), which gives memory back. */
#include <malloc.h>
#endif
