package io.jenkins.plugins.gitops.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitUrlTest {
    @ParameterizedTest
    @CsvSource({
        "deploy, true",
        "./deploy, true",
        "/srv/git/app.git, true",
        "../a:b, true",
        "C:\\apps, true",
        "file:///srv/app.git, false",
        "https://example.com/app.git, false",
        "ssh://git@example.com/app.git, false",
        "git@example.com:team/app.git, false",
        "example.com:app.git, false"
    })
    void aPathIsToldFromAUrl(String text, boolean local) {
        assertThat(GitUrl.looksLocal(text)).isEqualTo(local);
    }

    @ParameterizedTest
    @CsvSource({
        "https://ada:s3cret@example.com/app.git, https://example.com/app.git",
        "https://t0ken@example.com/app.git, https://example.com/app.git",
        "ssh://git:s3cret@example.com/app.git, ssh://git@example.com/app.git",
        "git@example.com:team/app.git, git@example.com:team/app.git",
        "https://ada:s3 cret|@example.com/app.git, https://example.com/app.git"
    })
    void secretsAreNeverPrinted(String raw, String printed) {
        assertThat(new GitUrl(raw)).hasToString(printed);
    }

    @Test
    void aLibrarysMessageLosesTheSecrets() {
        GitUrl url = new GitUrl("https://ada:s3cret@example.com/app.git");

        assertThat(url.redact("https://ada:s3cret@example.com/app.git: s3cret of ada is wrong"))
                .doesNotContain("s3cret")
                .doesNotContain("ada");
    }

    @Test
    void aNewTokenFindsTheOldCache() {
        assertThat(new GitUrl("https://a:1@example.com/app.git").digest())
                .isEqualTo(new GitUrl("https://a:2@example.com/app.git").digest())
                .isNotEqualTo(new GitUrl("https://example.com/other.git").digest());
    }
}
