// SPDX-License-Identifier: Apache-2.0

// A library to preload into nvme-cli: a make-believe drive. What the commands
// ask of /dev/nvme* is answered with the bytes of the files ctrl, ns, smart,
// error and fw in the folder $NVME_FAKE.

#define _GNU_SOURCE
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <errno.h>
#include <unistd.h>
#include <sys/syscall.h>

struct cmd { uint8_t op, flags; uint16_t r1; uint32_t nsid, c2, c3; uint64_t meta, addr; uint32_t metalen, len, c10, c11, c12, c13, c14, c15, timeout, result; };

static int fill(struct cmd *c)
{
	const char *dir = getenv("NVME_FAKE"), *name = NULL;
	char path[4096];
	uint64_t off = 0;
	if (c->op == 0x06) {
		if ((c->c10 & 0xff) == 1) name = "ctrl";
		else if ((c->c10 & 0xff) == 0) name = "ns";
	} else if (c->op == 0x02) {
		off = c->c12 | (uint64_t)c->c13 << 32;
		switch (c->c10 & 0xff) { case 1: name = "error"; break; case 2: name = "smart"; break; case 3: name = "fw"; break; }
	}
	memset((void *)(uintptr_t)c->addr, 0, c->len);
	if (!dir || !name) return 0x4002;
	snprintf(path, sizeof path, "%s/%s", dir, name);
	int fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY, 0);
	if (fd < 0) return 0x4002;
	syscall(SYS_pread64, fd, (void *)(uintptr_t)c->addr, (size_t)c->len, off);
	close(fd);
	return 0;
}
int ioctl(int fd, unsigned long req, ...)
{
	va_list ap; va_start(ap, req); void *arg = va_arg(ap, void *); va_end(ap);
	if ((req & 0xff00) == ('N' << 8)) {
		switch (req & 0xff) { case 0x40: return 1; case 0x41: case 0x47: return fill(arg); }
		errno = ENOTTY; return -1;
	}
	return syscall(SYS_ioctl, fd, req, arg);
}
static const char *map(const char *p) { return p && !strncmp(p, "/dev/nvme", 9) ? "/dev/null" : p; }
int open(const char *p, int fl, ...) { va_list ap; va_start(ap, fl); int m = va_arg(ap, int); va_end(ap); return syscall(SYS_openat, AT_FDCWD, map(p), fl, m); }
int open64(const char *p, int fl, ...) { va_list ap; va_start(ap, fl); int m = va_arg(ap, int); va_end(ap); return syscall(SYS_openat, AT_FDCWD, map(p), fl, m); }
int __open_2(const char *p, int fl) { return syscall(SYS_openat, AT_FDCWD, map(p), fl, 0); }
int __open64_2(const char *p, int fl) { return syscall(SYS_openat, AT_FDCWD, map(p), fl, 0); }
#include <sys/stat.h>
int stat(const char *p, struct stat *st) { return syscall(SYS_newfstatat, AT_FDCWD, map(p), st, 0); }
int stat64(const char *p, struct stat64 *st) { return syscall(SYS_newfstatat, AT_FDCWD, map(p), st, 0); }
