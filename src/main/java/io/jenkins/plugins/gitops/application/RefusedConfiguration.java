package io.jenkins.plugins.gitops.application;

import hudson.AbortException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A configuration that was posted is not taken. Whoever posted it reads why, and no stack trace. */
final class RefusedConfiguration extends AbortException implements HttpResponse {
    private static final long serialVersionUID = 1L;

    RefusedConfiguration(String why) {
        super(why);
    }

    @Override
    public void generateResponse(StaplerRequest2 req, StaplerResponse2 rsp, Object node) throws IOException {
        rsp.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        rsp.setContentType("text/plain;charset=UTF-8");
        rsp.getWriter().println(getMessage());
    }
}
