package io.jenkins.plugins.gitops.engine.model;

/** How an object is written (SEMANTICS 7): its sync options choose. */
public enum WriteMethod {
    /** Server-side apply, the default. */
    apply,
    /** A three-way patch from the client's side. */
    patch,
    /** The whole object, over whatever is there. */
    replace;

    /**
     * {@code Replace=true} is the strongest. {@code Validate=false} patches too: server-side apply cannot write a field that the
     * schema does not have.
     */
    public static WriteMethod of(ObjectOptions options) {
        if (options.isOn(SyncOption.Replace)) {
            return replace;
        }
        return options.isOn(SyncOption.ServerSideApply) && options.isOn(SyncOption.Validate) ? apply : patch;
    }
}
