/* Makes the n-th change of a file below FAULT_ROOT fail, or the machine. Preloaded by the fault tests
 * (LD_PRELOAD), so that what is tested is the program as it is, SQLite included; not part of it.
 *
 * FAULT_AT    which change, from 1; 0 counts only
 * FAULT_COUNT a file that gets the number of changes when the program ends
 * FAULT_KIND  kill   the process ends before the change
 *             torn   half of the change is done, then the process ends
 *             power  the process ends, and everything that was not synced is undone
 *             full   from this change on the disk is full
 *             error  this change fails with EIO
 *
 * Counted are writes, syncs, cuts, renames, links, removals and new files. Undone by `power` are
 * writes and cuts of files that were not synced since, and names that no later sync made last, as on
 * a journalling file system: there any sync makes all earlier names last.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { KILL, TORN, POWER, FULL, ERROR };
enum what { CONTENT, CUT, MADE, RENAMED, REMOVED };

/* How to undo one change. */
struct undo {
    enum what what;
    int fd;
    dev_t dev;
    ino_t ino;
    off_t at;
    off_t size; /* of the file before */
    size_t length;
    char *bytes; /* what stood there */
    char *from, *to, *saved;
    struct undo *before;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static long fault_at = -1, changes = 0, saved = 0;
static enum kind kind = KILL;
static int is_full = 0;
static struct undo *last = NULL;
static char spare[PATH_MAX];

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_rename)(const char *, const char *);
static int (*real_unlink)(const char *);
static int (*real_mkdir)(const char *, mode_t);
static int (*real_link)(const char *, const char *);
static int (*real_linkat)(int, const char *, int, const char *, int);
static int (*real_open)(const char *, int, ...);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_rename = dlsym(RTLD_NEXT, "rename");
    real_unlink = dlsym(RTLD_NEXT, "unlink");
    real_mkdir = dlsym(RTLD_NEXT, "mkdir");
    real_link = dlsym(RTLD_NEXT, "link");
    real_linkat = dlsym(RTLD_NEXT, "linkat");
    real_open = dlsym(RTLD_NEXT, "open64");
    const char *where = getenv("FAULT_ROOT"), *at = getenv("FAULT_AT"), *how = getenv("FAULT_KIND");
    const char *aside = getenv("FAULT_SPARE");
    if (!where || !at || !aside || !realpath(where, root)) return;
    snprintf(spare, sizeof spare, "%s", aside);
    fault_at = atol(at);
    if (!how || !strcmp(how, "kill")) kind = KILL;
    else if (!strcmp(how, "torn")) kind = TORN;
    else if (!strcmp(how, "power")) kind = POWER;
    else if (!strcmp(how, "full")) kind = FULL;
    else kind = ERROR;
}

__attribute__((destructor)) static void end(void) {
    const char *file = getenv("FAULT_COUNT");
    if (fault_at < 0 || !file || !changes) return;
    FILE *out = fopen(file, "w");
    if (!out) return;
    fprintf(out, "%ld\n", changes);
    fclose(out);
}

static int below(const char *path) {
    size_t length = strlen(root);
    return !strncmp(path, root, length) && (path[length] == '/' || !path[length]);
}

static int is_ours_fd(int fd) {
    char link[64], path[PATH_MAX];
    if (fault_at < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path);
}

static int is_ours(const char *path) { return fault_at >= 0 && below(path); }

static void undo_all(void) {
    for (struct undo *u = last; u; u = u->before) {
        if (u->what == CONTENT || u->what == CUT) {
            if (u->length && real_pwrite(u->fd, u->bytes, u->length, u->at) < 0) _exit(98);
            if (real_ftruncate(u->fd, u->size)) _exit(98);
        } else if (u->what == MADE) {
            if (real_unlink(u->to)) rmdir(u->to);
        } else if (u->what == RENAMED) {
            real_rename(u->to, u->from);
            if (u->saved) real_rename(u->saved, u->to);
        } else {
            real_rename(u->saved, u->to);
        }
    }
}

static void end_now(void) {
    if (kind == POWER) undo_all();
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts a change. 0: go on. 1: do half of it and then end. -1: it failed, errno is set. */
static int change(int takes_room) {
    changes++;
    if (is_full && takes_room) { errno = ENOSPC; return -1; }
    if (changes != fault_at) return 0;
    if (kind == TORN) return 1;
    if (kind == FULL) {
        is_full = 1;
        if (!takes_room) return 0;
        errno = ENOSPC;
        return -1;
    }
    if (kind == ERROR) { errno = EIO; return -1; }
    end_now();
    return -1;
}

static struct undo *note(enum what what) {
    struct undo *u = calloc(1, sizeof *u);
    if (!u) _exit(97);
    u->what = what;
    u->before = last;
    last = u;
    return u;
}

static void note_content(int fd, off_t at, size_t length, enum what what) {
    struct stat s;
    if (kind != POWER || fault_at == 0 || fstat(fd, &s)) return;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int again = real_open(link, O_RDWR | O_CLOEXEC);
    if (again < 0) return;
    struct undo *u = note(what);
    u->fd = again, u->dev = s.st_dev, u->ino = s.st_ino, u->at = at, u->size = s.st_size;
    if (at < s.st_size) {
        u->length = (size_t)(s.st_size - at) < length ? (size_t)(s.st_size - at) : length;
        u->bytes = malloc(u->length);
        if (!u->bytes || pread(again, u->bytes, u->length, at) != (ssize_t)u->length) _exit(96);
    }
}

static char *save(const char *path) {
    struct stat s;
    if (lstat(path, &s)) return NULL;
    char name[PATH_MAX + 32];
    snprintf(name, sizeof name, "%s/%d-%ld", spare, getpid(), saved++);
    return real_link(path, name) ? NULL : strdup(name);
}

static void note_name(enum what what, const char *from, const char *to, char *kept) {
    if (kind != POWER || fault_at == 0) return;
    struct undo *u = note(what);
    u->from = from ? strdup(from) : NULL;
    u->to = strdup(to);
    u->saved = kept;
}

/* A sync makes the contents of its file last, and all names. */
static void settle(int fd) {
    struct stat s;
    if (kind != POWER || fault_at == 0 || fstat(fd, &s)) return;
    for (struct undo **p = &last; *p;) {
        struct undo *u = *p;
        int is_content = u->what == CONTENT || u->what == CUT;
        if (!is_content || (u->dev == s.st_dev && u->ino == s.st_ino)) {
            *p = u->before;
            if (is_content) close(u->fd);
            free(u->bytes), free(u->from), free(u->to), free(u->saved), free(u);
        } else {
            p = &u->before;
        }
    }
}

static ssize_t write_at(int fd, const void *bytes, size_t length, off_t at, int is_p) {
    pthread_mutex_lock(&lock);
    int told = change(1);
    ssize_t done = -1;
    if (told >= 0) {
        note_content(fd, at, length, CONTENT);
        size_t part = told ? length / 2 : length;
        done = is_p ? real_pwrite(fd, bytes, part, at) : real_write(fd, bytes, part);
        if (told) end_now();
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    if (!is_ours_fd(fd)) return real_write(fd, bytes, length);
    return write_at(fd, bytes, length, lseek(fd, 0, SEEK_CUR), 0);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
    if (!is_ours_fd(fd)) return real_pwrite(fd, bytes, length, at);
    return write_at(fd, bytes, length, at, 1);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    return pwrite64(fd, bytes, length, at);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    ssize_t all = 0;
    for (int i = 0; i < count; i++) {
        ssize_t done = write(fd, parts[i].iov_base, parts[i].iov_len);
        if (done < 0) return all ? all : -1;
        all += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return all;
}

/* Whoever copies must come by `write`. */
ssize_t copy_file_range(int a, off64_t *b, int c, off64_t *d, size_t e, unsigned f) {
    (void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile64(int out, int in, off64_t *at, size_t count) {
    (void)out, (void)in, (void)at, (void)count;
    errno = ENOSYS;
    return -1;
}

ssize_t sendfile(int out, int in, off_t *at, size_t count) { return sendfile64(out, in, at, count); }

static int synced(int fd, int (*real)(int)) {
    if (!is_ours_fd(fd)) return real(fd);
    pthread_mutex_lock(&lock);
    int told = change(0);
    int done = -1;
    if (told == 1) end_now();
    if (told == 0) {
        done = real(fd);
        if (!done) settle(fd);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }

int ftruncate64(int fd, off_t size) {
    if (!is_ours_fd(fd)) return real_ftruncate(fd, size);
    pthread_mutex_lock(&lock);
    struct stat s;
    int grows = !fstat(fd, &s) && size > s.st_size;
    int told = change(grows);
    int done = -1;
    if (told == 1) end_now();
    if (told == 0) {
        note_content(fd, size, SIZE_MAX, CUT);
        done = real_ftruncate(fd, size);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to) {
    if (!is_ours(to) && !is_ours(from)) return real_rename(from, to);
    pthread_mutex_lock(&lock);
    int told = change(0);
    int done = -1;
    if (told == 1) end_now();
    if (told == 0) {
        char *kept = kind == POWER && fault_at ? save(to) : NULL;
        done = real_rename(from, to);
        if (!done) note_name(RENAMED, from, to, kept);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

int unlink(const char *path) {
    if (!is_ours(path)) return real_unlink(path);
    pthread_mutex_lock(&lock);
    int told = change(0);
    int done = -1;
    if (told == 1) end_now();
    if (told == 0) {
        char *kept = kind == POWER && fault_at ? save(path) : NULL;
        done = real_unlink(path);
        if (!done && kept) note_name(REMOVED, NULL, path, kept);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

static int made(const char *path, int (*make)(void *), void *what) {
    pthread_mutex_lock(&lock);
    int told = change(1);
    int done = -1;
    if (told == 1) end_now();
    if (told == 0) {
        done = make(what);
        if (done >= 0) note_name(MADE, NULL, path, NULL);
    }
    int error = errno;
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

struct folder { const char *path; mode_t mode; };
static int make_folder(void *what) {
    struct folder *f = what;
    return real_mkdir(f->path, f->mode);
}

int mkdir(const char *path, mode_t mode) {
    if (!is_ours(path)) return real_mkdir(path, mode);
    struct folder f = {path, mode};
    return made(path, make_folder, &f);
}

struct two { const char *from, *to; };
static int make_link(void *what) {
    struct two *t = what;
    return real_link(t->from, t->to);
}

int link(const char *from, const char *to) {
    if (!is_ours(to)) return real_link(from, to);
    struct two t = {from, to};
    return made(to, make_link, &t);
}

int linkat(int a, const char *from, int b, const char *to, int flags) {
    if (!is_ours(to)) return real_linkat(a, from, b, to, flags);
    struct two t = {from, to};
    return made(to, make_link, &t);
}

struct file { const char *path; int flags; mode_t mode; };
static int make_file(void *what) {
    struct file *f = what;
    return real_open(f->path, f->flags, f->mode);
}

int open64(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    struct file f = {path, flags, mode};
    struct stat s;
    if (fault_at >= 0 && is_ours(path)) {
        if ((flags & O_CREAT) && lstat(path, &s)) return made(path, make_file, &f);
        if ((flags & O_TRUNC) && !lstat(path, &s) && s.st_size > 0) {
            /* Cutting a file while it is opened is a change like any other. */
            int fd = real_open(path, flags & ~O_TRUNC, mode);
            if (fd >= 0 && ftruncate64(fd, 0)) { close(fd); return -1; }
            return fd;
        }
    }
    return make_file(&f);
}

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & (O_CREAT | O_TMPFILE)) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
    }
    return open64(path, flags, mode);
}
