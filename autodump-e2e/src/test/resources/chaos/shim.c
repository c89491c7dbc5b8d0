/*
 * Faults below the process, for LD_PRELOAD. Calls that name a path, or a descriptor of a path, that holds
 * CHAOS_PATH count if they are in CHAOS_CALLS. From the CHAOS_AT-th on (or only there, with CHAOS_ONCE) they fail with
 * the number in CHAOS_ERRNO, or the process kills itself before the call (CHAOS_KILL), or the call is done and its
 * answer lost (CHAOS_AFTER). CHAOS_LOG gets a line for each call that counts. CHAOS_CLOCK moves the clock by so many
 * seconds, after CHAOS_CLOCK_AFTER milliseconds of the process.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_int count;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int is_listed(const char *call) {
    const char *calls = getenv("CHAOS_CALLS");
    if (calls == NULL) return 0;
    size_t length = strlen(call);
    for (const char *at = calls; (at = strstr(at, call)) != NULL; at += length) {
        int begins = at == calls || at[-1] == ',';
        if (begins && (at[length] == ',' || at[length] == 0)) return 1;
    }
    return 0;
}

/* 0: go on; 1: fail instead; 2: fail afterwards */
static int fault(const char *call, const char *path) {
    const char *wanted = getenv("CHAOS_PATH");
    if (wanted == NULL || path == NULL || strstr(path, wanted) == NULL || !is_listed(call)) return 0;
    int now = atomic_fetch_add(&count, 1) + 1;
    const char *log = getenv("CHAOS_LOG");
    if (log != NULL) {
        int (*open_real)(const char *, int, ...) = real("open64");
        ssize_t (*write_real)(int, const void *, size_t) = real("write");
        int (*close_real)(int) = real("close");
        int fd = open_real(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        char line[600];
        int length = snprintf(line, sizeof line, "%d %s %s\n", now, call, path);
        if (fd >= 0) {
            if (write_real(fd, line, (size_t) length) < 0) abort();
            close_real(fd);
        }
    }
    const char *at = getenv("CHAOS_AT");
    int point = at == NULL ? 0 : atoi(at);
    if (point == 0 || now < point || (getenv("CHAOS_ONCE") != NULL && now > point)) return 0;
    if (getenv("CHAOS_KILL") != NULL) kill(getpid(), SIGKILL);
    return getenv("CHAOS_AFTER") != NULL ? 2 : 1;
}

static int failed(void) {
    const char *number = getenv("CHAOS_ERRNO");
    errno = number == NULL ? EIO : atoi(number);
    return -1;
}

static const char *of_descriptor(int fd, char *buffer, size_t size) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, buffer, size - 1);
    if (length < 0) return NULL;
    buffer[length] = 0;
    return buffer;
}

#define ON_FD(type, name, declared, passed)                                    \
    type name declared {                                                       \
        char buffer[500];                                                      \
        type(*call) declared = real(#name);                                    \
        if (getenv("CHAOS_PATH") == NULL) return call passed;                  \
        int what = fault(#name, of_descriptor(fd, buffer, sizeof buffer));     \
        if (what == 1) return failed();                                        \
        type answer = call passed;                                             \
        return what == 2 ? failed() : answer;                                  \
    }

#define ON_PATH(name, declared, passed)                                        \
    int name declared {                                                        \
        int(*call) declared = real(#name);                                     \
        int what = fault(#name, path);                                         \
        if (what == 1) return failed();                                        \
        int answer = call passed;                                              \
        return what == 2 ? failed() : answer;                                  \
    }

ON_FD(ssize_t, write, (int fd, const void *bytes, size_t size), (fd, bytes, size))
ON_FD(ssize_t, pwrite64, (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
ON_FD(ssize_t, read, (int fd, void *bytes, size_t size), (fd, bytes, size))
ON_FD(ssize_t, pread64, (int fd, void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
ON_FD(int, fsync, (int fd), (fd))
ON_FD(int, fdatasync, (int fd), (fd))
ON_PATH(unlink, (const char *path), (path))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode))

int rename(const char *from, const char *path) {
    int (*call)(const char *, const char *) = real("rename");
    int what = fault("rename", path);
    if (what == 1) return failed();
    int answer = call(from, path);
    return what == 2 ? failed() : answer;
}

int link(const char *from, const char *path) {
    int (*call)(const char *, const char *) = real("link");
    int what = fault("link", path);
    if (what == 1) return failed();
    int answer = call(from, path);
    return what == 2 ? failed() : answer;
}

int open64(const char *path, int flags, ...) {
    int (*call)(const char *, int, ...) = real("open64");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if ((flags & O_CREAT) != 0 && fault("create", path) != 0) return failed();
    if ((flags & O_CREAT) == 0 && fault("open", path) != 0) return failed();
    return call(path, flags, mode);
}

int open(const char *path, int flags, ...) {
    int (*call)(const char *, int, ...) = real("open");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if ((flags & O_CREAT) != 0 && fault("create", path) != 0) return failed();
    if ((flags & O_CREAT) == 0 && fault("open", path) != 0) return failed();
    return call(path, flags, mode);
}

static int lock_or_not(const char *name, int fd, int command, void *argument) {
    int (*call)(int, int, ...) = real(name);
    char buffer[500];
    if (getenv("CHAOS_PATH") != NULL && (command == F_SETLK || command == F_SETLKW)
            && fault("lock", of_descriptor(fd, buffer, sizeof buffer)) != 0)
        return failed();
    return call(fd, command, argument);
}

int fcntl64(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return lock_or_not("fcntl64", fd, command, argument);
}

int fcntl(int fd, int command, ...) {
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return lock_or_not("fcntl", fd, command, argument);
}

static long moved(void) {
    const char *clock = getenv("CHAOS_CLOCK");
    if (clock == NULL) return 0;
    const char *after = getenv("CHAOS_CLOCK_AFTER");
    if (after != NULL) {
        static atomic_long begin;
        struct timespec now;
        int (*call)(clockid_t, struct timespec *) = real("clock_gettime");
        call(CLOCK_MONOTONIC, &now);
        long millis = now.tv_sec * 1000 + now.tv_nsec / 1000000;
        long none = 0;
        atomic_compare_exchange_strong(&begin, &none, millis);
        if (millis - begin < atol(after)) return 0;
    }
    return atol(clock);
}

int clock_gettime(clockid_t id, struct timespec *time) {
    int (*call)(clockid_t, struct timespec *) = real("clock_gettime");
    int answer = call(id, time);
    if (id == CLOCK_REALTIME) time->tv_sec += moved();
    return answer;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    int (*call)(struct timeval *, void *) = real("gettimeofday");
    int answer = call(time, zone);
    time->tv_sec += moved();
    return answer;
}
