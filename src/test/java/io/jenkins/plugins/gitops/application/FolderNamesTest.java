package io.jenkins.plugins.gitops.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a name of an item means where it is written. */
class FolderNamesTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'',       db,          db,          db",
                "team,     db,          team/db,     db",
                "team,     ../db,       db,          ../db",
                "team,     /db,         db,          ../db",
                "team/web, ../sql/db,   team/sql/db, ../sql/db",
                "team/web, ./a/../db,   team/web/db, db",
                "a/db,     /a/db,       a/db,        ../db",
                "te,       /team/db,    team/db,     ../team/db",
            })
    void namesAreReadAndWritten(String folder, String name, String absolute, String relative) {
        FolderNames names = new FolderNames(folder);
        assertThat(names.absolute(name)).isEqualTo(absolute);
        assertThat(names.relative(absolute)).isEqualTo(relative);
        assertThat(names.absolute(relative)).isEqualTo(absolute);
    }

    @ParameterizedTest
    @CsvSource({
        // name, written in, is in, before, now, is called
        "db,       '',   '',   db,       sql,      sql",
        "db,       '',   '',   db,       team/db,  team/db",
        "db,       '',   '',   dbs,      sql,      db",
        "/a/db,    '',   '',   a,        b,        /b/db",
        "db,       a,    b,    a,        b,        db",
        "../x/db,  a,    b,    a,        b,        ../x/db",
        "db,       a,    a,    a/db,     c/d/db,   ../c/d/db",
        "db,       a,    c/d,  a/web,    c/d/web,  ../../a/db",
        "../db,    a,    '',   a/web,    web,      db",
        "/a/db,    a,    c,    a/web,    c/web,    /a/db",
    })
    void namesFollowWhatTheyMean(
            String name, String writtenIn, String isIn, String before, String now, String followed) {
        assertThat(new FolderNames(isIn).followed(name, new FolderNames(writtenIn), before, now))
                .isEqualTo(followed);
    }
}
