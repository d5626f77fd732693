/*
 * nDPI's check for machine-made names, asked by the report: `check FILE` reads names, one a line, and says
 * `ready VERSION BYTES` (what the initialised module keeps on the heap). For each line `FROM TO` it asks nDPI about these names
 * and answers `NANOSECONDS BITS`: thread CPU time of all calls, and 1 or 0 a name.
 *
 * Initialised like nDPI's own tests/dga: all protocols on, because a name that nDPI's own lists know is not checked further.
 */

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <ndpi_api.h>

static char **names;
static char *bits;
static size_t count;

static int read_names(const char *path) {
  FILE *file = fopen(path, "r");
  char *line = NULL;
  size_t room = 0, most = 0;
  ssize_t length;

  if (file == NULL) return 0;
  while ((length = getline(&line, &room, file)) > 0) {
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    if (count == most) {
      most = most ? most * 2 : 1024;
      names = realloc(names, most * sizeof *names);
      if (names == NULL) return 0;
    }
    if ((names[count++] = strdup(line)) == NULL) return 0;
  }
  free(line);
  fclose(file);
  bits = malloc(count + 1);
  return bits != NULL;
}

static struct ndpi_detection_module_struct *initialised(void) {
  NDPI_PROTOCOL_BITMASK all;
  struct ndpi_detection_module_struct *module = ndpi_init_detection_module(ndpi_no_prefs);

  if (module == NULL) return NULL;
  NDPI_BITMASK_SET_ALL(all);
  ndpi_set_protocol_detection_bitmask2(module, &all);
  ndpi_finalize_initialization(module);
  return module;
}

static long long nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int argc, char **argv) {
  struct ndpi_detection_module_struct *module;
  size_t before, from, to, at;
  long long start, taken;

  if (argc != 2 || !read_names(argv[1])) {
    fprintf(stderr, "usage: check FILE\n");
    return 2;
  }
  before = mallinfo2().uordblks;
  if ((module = initialised()) == NULL) return 1;
  printf("ready %s %zu\n", ndpi_revision(), mallinfo2().uordblks - before);
  fflush(stdout);

  while (scanf("%zu %zu", &from, &to) == 2) {
    if (from > to || to > count) return 2;
    start = nanoseconds();
    for (at = from; at < to; at++) bits[at] = ndpi_check_dga_name(module, NULL, names[at], 1) ? '1' : '0';
    taken = nanoseconds() - start;
    printf("%lld %.*s\n", taken, (int)(to - from), bits + from);
    fflush(stdout);
  }
  ndpi_exit_detection_module(module);
  return 0;
}
