/* A disk that fails on request, between a process and its C library (LD_PRELOAD).
 *
 * Calls on files named data.mdb and lock.mdb are counted by kind, and fail as the rules say that a
 * test has put into the shared file named by STEPWELL_FAULTS. With STEPWELL_WRITE_LOG, what is
 * written to them and to their directories is also noted, in order, in the file of that name, for
 * a test that works out what a loss of power leaves.
 *
 * The layout of the shared file is repeated in disk_faults.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

enum kind { OPEN, PREAD, PWRITE, META, WRITEV, WRITE, SEEK, SYNC, TRUNCATE, MAP, ADVISE, STAT,
            STATFS, LOCKING, KINDS };
enum mode { REFUSED, DONE, HALF, HALF_REFUSED };
enum { DATA = 1, LOCK = 2, RULES = 8, FILES = 65536, META_BYTES = 8192 };

/* One fault: of the calls of a kind on a file, `skip` pass and then `count` fail (-1: all). It
 * starts to count when rule `after` (-1: none) has had its first failure. */
struct rule {
    int32_t kind, file, mode, error, after, is_set;
    int64_t skip, count;
    _Atomic int64_t seen, failed;
};

struct shared {
    struct rule rules[RULES];
    _Atomic int64_t calls[3][KINDS];
};

static struct shared *shared;
static int log_file = -1;
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic uint8_t files[FILES];
static char *_Atomic paths[FILES];

#define NEXT(name) \
    static __typeof__(name) *next; \
    if (!next) next = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("STEPWELL_FAULTS");
    int file = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0) : -1;
    if (file >= 0) {
        void *map = mmap(NULL, sizeof(struct shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (map != MAP_FAILED) shared = map;
        syscall(SYS_close, file);
    }
    path = getenv("STEPWELL_WRITE_LOG");
    int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    if (path) log_file = (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600);
}

static int file_of(int descriptor) {
    return descriptor >= 0 && descriptor < FILES ? files[descriptor] : 0;
}

/* Notes an event: its letter, a path, an offset and bytes. */
static void note(char letter, const char *path, int64_t offset, const struct iovec *parts,
                 int count, size_t limit) {
    if (log_file < 0 || !path) return;
    size_t total = 0;
    for (int i = 0; i < count; i++) total += parts[i].iov_len;
    if (total > limit) total = limit;
    int64_t head[4] = {letter, (int64_t)strlen(path), offset, (int64_t)total};
    pthread_mutex_lock(&log_lock);
    syscall(SYS_write, log_file, head, sizeof head);
    syscall(SYS_write, log_file, path, strlen(path));
    for (int i = 0; i < count && total > 0; i++) {
        size_t part = parts[i].iov_len < total ? parts[i].iov_len : total;
        syscall(SYS_write, log_file, parts[i].iov_base, part);
        total -= part;
    }
    pthread_mutex_unlock(&log_lock);
}

static void note_call(char letter, int descriptor, int64_t offset) {
    if (file_of(descriptor) == DATA) note(letter, paths[descriptor], offset, NULL, 0, 0);
}

/* The rule by which a call fails; NULL when it does not. Counts it. */
static struct rule *fault(enum kind kind, int file) {
    if (!shared || !file) return NULL;
    shared->calls[file][kind]++;
    for (int i = 0; i < RULES; i++) {
        struct rule *rule = &shared->rules[i];
        if (!rule->is_set || rule->kind != (int)kind || rule->file != file) continue;
        if (rule->after >= 0 && shared->rules[rule->after].failed == 0) continue;
        int64_t number = rule->seen++;
        if (number < rule->skip) continue;
        if (rule->count >= 0 && number >= rule->skip + rule->count) continue;
        rule->failed++;
        return rule;
    }
    return NULL;
}

/* Whether a call without bytes fails; `DONE` is left to the caller. */
static int refused(enum kind kind, int file) {
    struct rule *rule = fault(kind, file);
    if (!rule) return 0;
    errno = rule->error;
    return 1;
}

static void forget(int descriptor) {
    if (descriptor < 0 || descriptor >= FILES) return;
    files[descriptor] = 0;
    free(atomic_exchange(&paths[descriptor], NULL));
}

static int opened(const char *path, int flags, mode_t mode) {
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    int file = !strcmp(name, "data.mdb") ? DATA : !strcmp(name, "lock.mdb") ? LOCK : 0;
    if (refused(OPEN, file)) return -1;
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    int is_directory = log_file >= 0 && (flags & O_DIRECTORY);
    if (descriptor < 0 || descriptor >= FILES || !(file || is_directory)) return descriptor;
    forget(descriptor);
    files[descriptor] = (uint8_t)file;
    paths[descriptor] = strdup(path);
    if (file == DATA && (flags & O_CREAT)) note('c', path, 0, NULL, 0, 0);
    return descriptor;
}

static mode_t mode_of(int flags, va_list rest) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return opened(path, flags | O_LARGEFILE, mode);
}

int close(int descriptor) {
    forget(descriptor);
    return (int)syscall(SYS_close, descriptor);
}

/* Writes parts at an offset (-1: where the file stands), unless a rule has it fail. */
static ssize_t written(enum kind kind, int descriptor, const struct iovec *parts, int count,
                       off_t offset) {
    int file = file_of(descriptor);
    struct rule *rule = fault(kind, file);
    if (rule && rule->mode == REFUSED) {
        errno = rule->error;
        return -1;
    }
    size_t total = 0;
    for (int i = 0; i < count; i++) total += parts[i].iov_len;
    int is_half = rule && rule->mode != DONE;
    size_t wanted = is_half ? total / 2 : total;
    off_t place = offset;
    if (place < 0 && log_file >= 0) place = syscall(SYS_lseek, descriptor, 0, SEEK_CUR);
    ssize_t done = 0;
    for (int i = 0; i < count && (size_t)done < wanted; i++) {
        size_t part = parts[i].iov_len;
        if (part > wanted - (size_t)done) part = wanted - (size_t)done;
        ssize_t now = offset < 0
            ? syscall(SYS_write, descriptor, parts[i].iov_base, part)
            : syscall(SYS_pwrite64, descriptor, parts[i].iov_base, part, offset + done);
        if (now < 0 && done == 0) return -1;
        if (now > 0) done += now;
        if (now != (ssize_t)part) break;
    }
    if (file == DATA && log_file >= 0) {
        int flags = fcntl(descriptor, F_GETFL);
        char letter = flags & O_DSYNC ? 'W' : 'w';
        note(letter, paths[descriptor], place, parts, count, (size_t)done);
    }
    if (rule && rule->mode != HALF) {
        errno = rule->error;
        return -1;
    }
    return done;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    struct iovec part = {(void *)bytes, count};
    return written(offset < META_BYTES ? META : PWRITE, descriptor, &part, 1, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
    return pwrite(descriptor, bytes, count, offset);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t offset) {
    return written(WRITEV, descriptor, parts, count, offset);
}

ssize_t pwritev64(int descriptor, const struct iovec *parts, int count, off_t offset) {
    return pwritev(descriptor, parts, count, offset);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count) {
    if (!file_of(descriptor)) return syscall(SYS_writev, descriptor, parts, count);
    return written(WRITEV, descriptor, parts, count, -1);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    if (!file_of(descriptor)) return syscall(SYS_write, descriptor, bytes, count);
    struct iovec part = {(void *)bytes, count};
    return written(WRITE, descriptor, &part, 1, -1);
}

ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
    struct rule *rule = fault(PREAD, file_of(descriptor));
    if (rule && (rule->mode == REFUSED || rule->mode == DONE)) {
        errno = rule->error;
        return -1;
    }
    return syscall(SYS_pread64, descriptor, bytes, rule ? count / 2 : count, offset);
}

ssize_t pread64(int descriptor, void *bytes, size_t count, off_t offset) {
    return pread(descriptor, bytes, count, offset);
}

off_t lseek(int descriptor, off_t offset, int whence) {
    if (refused(SEEK, file_of(descriptor))) return -1;
    return syscall(SYS_lseek, descriptor, offset, whence);
}

off_t lseek64(int descriptor, off_t offset, int whence) {
    return lseek(descriptor, offset, whence);
}

static int synced(int descriptor, int call) {
    struct rule *rule = fault(SYNC, file_of(descriptor));
    if (rule && rule->mode != DONE) {
        errno = rule->error;
        return -1;
    }
    int result = (int)syscall(call, descriptor);
    if (result == 0 && log_file >= 0 && descriptor >= 0 && descriptor < FILES) {
        note('s', paths[descriptor], 0, NULL, 0, 0);
    }
    if (rule) {
        errno = rule->error;
        return -1;
    }
    return result;
}

int fdatasync(int descriptor) { return synced(descriptor, SYS_fdatasync); }

int fsync(int descriptor) { return synced(descriptor, SYS_fsync); }

int ftruncate(int descriptor, off_t length) {
    if (refused(TRUNCATE, file_of(descriptor))) return -1;
    int result = (int)syscall(SYS_ftruncate, descriptor, length);
    if (result == 0) note_call('t', descriptor, length);
    return result;
}

int ftruncate64(int descriptor, off_t length) { return ftruncate(descriptor, length); }

void *mmap(void *address, size_t length, int protection, int flags, int descriptor,
           off_t offset) {
    if (refused(MAP, file_of(descriptor))) return MAP_FAILED;
    return (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
}

void *mmap64(void *address, size_t length, int protection, int flags, int descriptor,
             off_t offset) {
    return mmap(address, length, protection, flags, descriptor, offset);
}

int fstat(int descriptor, struct stat *status) {
    NEXT(fstat);
    return refused(STAT, file_of(descriptor)) ? -1 : next(descriptor, status);
}

int __fxstat(int version, int descriptor, struct stat *status) {
    (void)version;
    return fstat(descriptor, status);
}

int fstatfs(int descriptor, struct statfs *status) {
    if (refused(STATFS, file_of(descriptor))) return -1;
    return (int)syscall(SYS_fstatfs, descriptor, status);
}

int fcntl(int descriptor, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    int is_lock = command == F_SETLK || command == F_SETLKW || command == F_GETLK;
    if (is_lock && refused(LOCKING, file_of(descriptor))) return -1;
    return (int)syscall(SYS_fcntl, descriptor, command, argument);
}

int fcntl64(int descriptor, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return fcntl(descriptor, command, argument);
}

int rename(const char *from, const char *to) {
    int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    struct iovec part = {(void *)to, strlen(to)};
    if (result == 0) note('r', from, 0, &part, 1, part.iov_len);
    return result;
}

int unlink(const char *path) {
    int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (result == 0) note('u', path, 0, NULL, 0, 0);
    return result;
}
