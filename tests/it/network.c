/* A network that tells: loaded before a program's own library (LD_PRELOAD), it refuses every socket and leaves a mark.
 *
 *   NETWORK_MARK   a file that is made when a program asks for a socket
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int told(void) {
    const char *mark = getenv("NETWORK_MARK");
    int fd = mark ? open(mark, O_CREAT | O_WRONLY, 0600) : -1;
    if (fd >= 0) close(fd);
    errno = EACCES;
    return -1;
}

int socket(int domain, int type, int protocol) { return told(); }
int socketpair(int domain, int type, int protocol, int fds[2]) { return told(); }
