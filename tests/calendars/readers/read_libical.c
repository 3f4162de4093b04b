/* Prints what libical reads in the files named: one JSON document a line. An error that libical finds ends the run. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text(const char *s) {
    putchar('"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') printf("\\%c", *s);
        else if (*s == '\n') printf("\\n");
        else putchar(*s);
    }
    putchar('"');
}

static void when(struct icaltimetype t) {
    if (t.is_date) {
        printf("\"%04d-%02d-%02d\"", t.year, t.month, t.day);
        return;
    }
    if (t.zone == NULL) {
        printf("\"%04d-%02d-%02dT%02d:%02d:%02d (no zone)\"", t.year, t.month, t.day, t.hour, t.minute, t.second);
        return;
    }
    t = icaltime_convert_to_zone(t, icaltimezone_get_utc_timezone());
    printf("\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", t.year, t.month, t.day, t.hour, t.minute, t.second);
}

static const char *property(icalcomponent *c, icalproperty_kind kind) {
    icalproperty *p = icalcomponent_get_first_property(c, kind);
    const char *value = p ? icalproperty_get_value_as_string(p) : NULL;
    return value ? value : "";
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) return 2;
        fseek(file, 0, SEEK_END);
        long size = ftell(file);
        rewind(file);
        char *bytes = calloc((size_t)size + 1, 1);
        if (fread(bytes, 1, (size_t)size, file) != (size_t)size) return 2;
        fclose(file);
        icalcomponent *calendar = icalparser_parse_string(bytes);
        if (!calendar || icalcomponent_count_errors(calendar) > 0) {
            fprintf(stderr, "%s: libical finds errors\n", argv[i]);
            return 1;
        }
        printf("{\"file\": ");
        text(argv[i]);
        printf(", \"events\": [");
        int n = 0;
        for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e;
             e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            printf(n++ ? ", {\"uid\": " : "{\"uid\": ");
            text(icalcomponent_get_uid(e));
            printf(", \"start\": ");
            when(icalcomponent_get_dtstart(e));
            printf(", \"end\": ");
            when(icalcomponent_get_dtend(e));
            printf(", \"summary\": ");
            text(icalcomponent_get_summary(e));
            printf(", \"status\": ");
            text(property(e, ICAL_STATUS_PROPERTY));
            printf(", \"sequence\": %d}", icalcomponent_get_sequence(e));
        }
        printf("]}\n");
        icalcomponent_free(calendar);
        free(bytes);
    }
    return 0;
}
