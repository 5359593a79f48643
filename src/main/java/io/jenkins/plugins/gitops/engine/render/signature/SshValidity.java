package io.jenkins.plugins.gitops.engine.render.signature;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** From when and until when a key of an allowed-signers file is trusted. */
record SshValidity(Optional<Instant> after, Optional<Instant> before) {
    static final SshValidity ALWAYS = new SshValidity(Optional.empty(), Optional.empty());

    private static final String MIDNIGHT = "000000";

    /**
     * A moment as ssh-keygen(1) takes it: {@code YYYYMMDD[HHMM[SS]]}, with {@code Z} for UTC, without it this machine's time.
     *
     * @throws java.time.DateTimeException when it is none
     */
    static Instant moment(String text) {
        boolean utc = text.endsWith("Z");
        String digits = utc ? text.substring(0, text.length() - 1) : text;
        String whole = digits.length() < 14 && digits.length() >= 8
                ? digits + MIDNIGHT.substring(digits.length() - 8)
                : digits;
        return LocalDateTime.parse(whole, DateTimeFormatter.ofPattern("uuuuMMddHHmmss"))
                .atZone(utc ? ZoneOffset.UTC : ZoneId.systemDefault())
                .toInstant();
    }

    /** Why a key is not trusted at a moment; empty when it is. */
    Optional<String> refusal(Instant moment) {
        if (before.isPresent() && !moment.isBefore(before.get())) {
            return Optional.of("expired on " + before.get());
        }
        return after.filter(moment::isBefore).map(from -> "is trusted only from " + from + " on");
    }
}
