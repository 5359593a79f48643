package io.jenkins.plugins.gitops.reconcile;

import hudson.remoting.Channel;
import java.io.IOException;

/**
 * Stops a run on an agent whose controller is gone: nobody would take its answer, and its lock would keep the controller's next
 * run out for as long as it goes on.
 */
final class LostController extends Channel.Listener implements AutoCloseable {
    private final Channel controller;
    private final Thread run = Thread.currentThread();
    private boolean ended;

    private LostController(Channel controller) {
        this.controller = controller;
    }

    /** @param controller null on the controller itself */
    static LostController stopping(Channel controller) {
        LostController listener = new LostController(controller);
        if (controller != null) {
            controller.addListener(listener);
        }
        return listener;
    }

    @Override
    public synchronized void onClosed(Channel channel, IOException cause) {
        if (!ended) {
            run.interrupt();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        if (controller != null) {
            controller.removeListener(this);
        }
    }
}
