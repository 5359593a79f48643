package io.jenkins.plugins.gitops.tool;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolInstallation;
import io.jenkins.plugins.gitops.engine.model.RendererKind;
import io.jenkins.plugins.gitops.engine.render.build.RenderTools;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * The tools of one node, ready to be run there.
 *
 * @param helm null when it is not needed, or is that of the search path
 * @param kustomize null when it is not needed, or is that of the search path
 * @param environment of the node, of which tools get what the engine lets through
 * @param cache path of the node's folder for what was rendered; null when nothing is kept
 */
public record NodeTools(
        @CheckForNull Tool helm,
        @CheckForNull Tool kustomize,
        Map<String, String> environment,
        @CheckForNull String cache)
        implements Serializable {
    /** Below the root of an agent, where it outlives connections, workspaces and applications. */
    private static final String CACHE = "gitops/render-cache";

    public NodeTools {
        environment = Map.copyOf(environment);
    }

    /**
     * A program of an installation.
     *
     * @param name of the installation
     * @param program its path on the node
     */
    public record Tool(String name, String program) implements Serializable {}

    /**
     * Finds the tools on the node of a folder, and installs them there where an installer is configured.
     *
     * @param needed the renderers; nothing is looked for or installed that is not needed
     * @throws AbortException when an installation does not exist, or holds no program on that node
     */
    public static NodeTools on(FilePath folder, ToolChoice choice, Set<RendererKind> needed, TaskListener listener)
            throws IOException, InterruptedException {
        Computer computer = folder.toComputer();
        Node node = computer == null ? null : computer.getNode();
        if (node == null) {
            throw new AbortException(Messages.NodeTools_NodeGone());
        }
        EnvVars environment = new EnvVars(computer.getEnvironment());
        // A node's configuration may lengthen its search path.
        environment.overrideExpandingAll(computer.buildEnvironment(listener));
        Search search = new Search(node, environment, listener);
        Tool helm = null;
        if (needed.contains(RendererKind.helm)) {
            HelmInstallation.DescriptorImpl all =
                    Jenkins.get().getDescriptorByType(HelmInstallation.DescriptorImpl.class);
            helm = search.tool("helm", choice.helm(), all.getInstallations());
        }
        Tool kustomize = null;
        if (needed.contains(RendererKind.kustomize)) {
            KustomizeInstallation.DescriptorImpl all =
                    Jenkins.get().getDescriptorByType(KustomizeInstallation.DescriptorImpl.class);
            kustomize = search.tool("kustomize", choice.kustomize(), all.getInstallations());
        }
        FilePath root = node.getRootPath();
        return new NodeTools(
                helm,
                kustomize,
                environment,
                root == null ? null : root.child(CACHE).getRemote());
    }

    /** As the engine takes them. */
    public RenderTools toRenderTools() {
        RenderTools tools = RenderTools.ofProcess().withEnvironment(environment);
        if (cache != null) {
            tools = tools.withCache(Path.of(cache));
        }
        if (helm != null) {
            tools = tools.withHelm(Path.of(helm.program()));
        }
        return kustomize == null ? tools : tools.withKustomize(Path.of(kustomize.program()));
    }

    /** On one node. */
    private record Search(Node node, EnvVars environment, TaskListener listener) {
        /** The installation of a name, or the first one; null when the search path shall do. */
        @CheckForNull
        <T extends ToolInstallation & NodeSpecific<T> & EnvironmentSpecific<T>> Tool tool(
                String program, String name, T[] installations) throws IOException, InterruptedException {
            if (name.isEmpty()) {
                return installations.length == 0 ? null : tool(program, installations[0]);
            }
            for (T installation : installations) {
                if (installation.getName().equals(name)) {
                    return tool(program, installation);
                }
            }
            String known =
                    Stream.of(installations).map(ToolInstallation::getName).collect(Collectors.joining(", "));
            throw new AbortException(
                    known.isEmpty()
                            ? Messages.NodeTools_NoTool(program, name)
                            : Messages.NodeTools_OtherTools(program, name, known));
        }

        private <T extends ToolInstallation & NodeSpecific<T> & EnvironmentSpecific<T>> Tool tool(
                String program, T installation) throws IOException, InterruptedException {
            T here = installation.forNode(node, listener).forEnvironment(environment);
            String home = Util.fixEmptyAndTrim(here.getHome());
            FilePath folder = home == null ? null : node.createPath(home);
            String path = folder == null ? null : folder.act(new ToolProgram(program));
            if (path == null) {
                throw new AbortException(Messages.NodeTools_NoProgram(
                        here.getName(), node.getDisplayName(), program, home == null ? "?" : home));
            }
            return new Tool(here.getName(), path);
        }
    }
}
