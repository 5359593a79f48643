package io.jenkins.plugins.gitops.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.gitops.engine.model.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HistoryKeyTest {
    private static final byte[] TEXT = "swordfish".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKeyIsMadeOnceForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("config/history.key");

        HistoryKey first = HistoryKey.ofFile(file);
        HistoryKey again = HistoryKey.ofFile(file);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(again.decrypt(first.encrypt(TEXT))).isEqualTo(TEXT);
        assertThat(SafeFiles.list(file.getParent())).containsExactly(file);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aKeyThatOthersMayReadIsRefused() throws IOException {
        Path file = folder.resolve("history.key");
        HistoryKey.ofFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> HistoryKey.ofFile(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("chmod 600");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aFileThatIsNoKeyIsRefusedNotReplaced() throws IOException {
        Path file = Files.createFile(
                folder.resolve("history.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "hello");

        assertThatThrownBy(() -> HistoryKey.ofFile(file)).hasMessageContaining("no key of a history");
        assertThat(file).hasContent("hello");
    }

    @Test
    void theSameTextIsNeverEncryptedTheSameWay() {
        HistoryKey key = new HistoryKey(new byte[32]);

        assertThat(key.encrypt(TEXT)).isNotEqualTo(key.encrypt(TEXT));
        assertThat(key.name(TEXT)).isEqualTo(key.name(TEXT));
    }

    @Test
    void aChangedByteIsNoticed() {
        HistoryKey key = new HistoryKey(new byte[32]);
        byte[] encrypted = key.encrypt(TEXT);
        encrypted[encrypted.length - 1] ^= 1;

        assertThatThrownBy(() -> key.decrypt(encrypted)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> key.decrypt(new byte[5])).isInstanceOf(DamagedException.class);
    }
}
