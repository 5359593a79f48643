package io.jenkins.plugins.gitops.cli;

public class Main {
    public static void main(String[] a) {}
}
