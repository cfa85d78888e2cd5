/* A disk that fails: loaded before a program's own library (LD_PRELOAD), it lets the n-th call that changes something under a folder
 * fail, and from then on all of them if so asked.
 *
 *   FAULT_ROOT   the folder
 *   FAULT_AT     which call, counted from 1
 *   FAULT_ERRNO  as what it fails
 *   FAULT_ON     1: every later call fails too, as on a disk that stays full; the first write is made by half
 *   FAULT_MARK   a file outside the folder that is made when it fails, so that the caller knows that it did
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int calls, failed;

static int under_root(const char *path) {
    const char *root = getenv("FAULT_ROOT");
    char there[PATH_MAX];
    if (!root || !path) return 0;
    if (path[0] == '/') return strncmp(path, root, strlen(root)) == 0;
    return getcwd(there, sizeof there) && strncmp(there, root, strlen(root)) == 0;
}

static int fd_under_root(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    /* Pipes and terminals have no path. */
    if (path[0] != '/') return 0;
    return under_root(path);
}

/* Whether this call fails. */
static int fails(int concerned) {
    if (!concerned || !getenv("FAULT_AT")) return 0;
    calls = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    int on = getenv("FAULT_ON") && *getenv("FAULT_ON") == '1';
    if (calls != atoi(getenv("FAULT_AT")) && !(on && failed)) return 0;
    if (!failed && getenv("FAULT_MARK")) {
        long mark = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_MARK"), O_CREAT | O_WRONLY, 0600);
        if (mark >= 0) syscall(SYS_close, mark);
    }
    failed = 1;
    errno = atoi(getenv("FAULT_ERRNO"));
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t n) {
    int first = !failed;
    if (fails(fd_under_root(fd))) {
        if (first && n > 1 && getenv("FAULT_ON") && *getenv("FAULT_ON") == '1') return syscall(SYS_write, fd, bytes, n / 2);
        return -1;
    }
    return syscall(SYS_write, fd, bytes, n);
}
ssize_t writev(int fd, const struct iovec *parts, int n) { return fails(fd_under_root(fd)) ? -1 : REAL(writev)(fd, parts, n); }
int fsync(int fd) { return fails(fd_under_root(fd)) ? -1 : (int)syscall(SYS_fsync, fd); }
int fdatasync(int fd) { return fails(fd_under_root(fd)) ? -1 : (int)syscall(SYS_fdatasync, fd); }
int ftruncate64(int fd, off64_t to) { return fails(fd_under_root(fd)) ? -1 : (int)syscall(SYS_ftruncate, fd, to); }
int rename(const char *from, const char *to) { return fails(under_root(to)) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return fails(under_root(to)) ? -1 : REAL(link)(from, to); }
int linkat(int from_fd, const char *from, int to_fd, const char *to, int flags) {
    return fails(under_root(to)) ? -1 : REAL(linkat)(from_fd, from, to_fd, to, flags);
}
int mkdir(const char *path, mode_t mode) { return fails(under_root(path)) ? -1 : REAL(mkdir)(path, mode); }

static int opens(const char *path, int flags) { return (flags & (O_WRONLY | O_RDWR | O_CREAT)) && under_root(path); }

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return fails(opens(path, flags)) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return fails(opens(path, flags)) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}
