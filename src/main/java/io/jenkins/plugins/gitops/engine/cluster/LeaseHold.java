package io.jenkins.plugins.gitops.engine.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What a Lease says of who holds it.
 *
 * @param holder as {@link LockHolder} writes it, or another program; empty when nobody does
 * @param renewed as the Lease has it, or empty
 */
record LeaseHold(String holder, String renewed, Instant until) {
    static LeaseHold of(JsonNode lease) {
        JsonNode spec = lease.path("spec");
        String renewed = spec.path("renewTime").asText("");
        return new LeaseHold(
                spec.path("holderIdentity").asText(""),
                renewed,
                renewed.isEmpty()
                        ? Instant.EPOCH
                        : Instant.parse(renewed)
                                .plusSeconds(spec.path("leaseDurationSeconds").asLong(0)));
    }

    /** Whether nobody else may take it yet. */
    boolean isInForce(Instant now) {
        return !holder.isEmpty()
                && until.isAfter(now)
                && LockHolder.parse(holder).filter(LockHolder::isKnownToBeDead).isEmpty();
    }

    /** Whether a sync of this controller holds it. */
    boolean isOf(String controller) {
        return LockHolder.parse(holder)
                .filter(parsed -> parsed.controller().equals(controller))
                .isPresent();
    }
}
