package io.jenkins.plugins.gitops.report;

import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** A part of a list that a browser can bear, and where the others are: {@code ?from=}. */
public final class Paging<T> {
    static final int SIZE = 50;

    private final List<T> all;
    private final int from;

    Paging(List<T> all, int from) {
        this.all = List.copyOf(all);
        this.from = Math.clamp(from, 0, all.size());
    }

    /** A number that the request's address has; otherwise the one given. */
    static int parameter(String name, int otherwise) {
        return Optional.ofNullable(Stapler.getCurrentRequest2())
                .map((StaplerRequest2 request) -> request.getParameter(name))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    public List<T> getItems() {
        return all.subList(from, Math.min(from + SIZE, all.size()));
    }

    public int getTotal() {
        return all.size();
    }

    /** One-based, for people. */
    public int getFirst() {
        return from + 1;
    }

    public int getLast() {
        return Math.min(from + SIZE, all.size());
    }

    public boolean isSeveral() {
        return all.size() > SIZE;
    }

    /** Null on the first part. */
    public Integer getPrevious() {
        return from == 0 ? null : Math.max(0, from - SIZE);
    }

    /** Null on the last part. */
    public Integer getNext() {
        return from + SIZE >= all.size() ? null : from + SIZE;
    }
}
