package io.jenkins.plugins.gitops.engine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the layout: data goes left to right, once. */
@AnalyzeClasses(packages = "io.jenkins.plugins.gitops", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ENGINE = "io.jenkins.plugins.gitops.engine";

    @ArchTest
    static final ArchRule stagesNeverCallBack = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ENGINE + "..")
            .layer("model")
            .definedBy(ENGINE + ".model..")
            .layer("yaml")
            .definedBy(ENGINE + ".yaml..")
            .layer("application")
            .definedBy(ENGINE + ".application..")
            .layer("report")
            .definedBy(ENGINE + ".report..")
            .layer("render")
            .definedBy(ENGINE + ".render..")
            .layer("cluster")
            .definedBy(ENGINE + ".cluster..")
            .layer("compare")
            .definedBy(ENGINE + ".compare..")
            .layer("plan")
            .definedBy(ENGINE + ".plan..")
            .layer("heal")
            .definedBy(ENGINE + ".heal..")
            .layer("health")
            .definedBy(ENGINE + ".health..")
            .layer("tree")
            .definedBy(ENGINE + ".tree..")
            .layer("sync")
            .definedBy(ENGINE + ".sync..")
            .layer("history")
            .definedBy(ENGINE + ".history..")
            .layer("window")
            .definedBy(ENGINE + ".window..")
            .layer("importing")
            .definedBy(ENGINE + ".importing..")
            .layer("dependency")
            .definedBy(ENGINE + ".dependency..")
            .layer("reconciler")
            .definedBy(ENGINE)
            .whereLayer("reconciler")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sync")
            .mayOnlyBeAccessedByLayers("reconciler")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("sync", "reconciler")
            .whereLayer("compare")
            .mayOnlyBeAccessedByLayers("plan", "sync", "reconciler")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("tree", "compare", "plan", "sync", "reconciler")
            .whereLayer("heal")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("tree")
            .mayOnlyBeAccessedByLayers("sync", "reconciler")
            .whereLayer("health")
            .mayOnlyBeAccessedByLayers("tree", "sync", "reconciler")
            .whereLayer("render")
            .mayOnlyBeAccessedByLayers("reconciler")
            .whereLayer("application")
            .mayOnlyBeAccessedByLayers("importing")
            .whereLayer("importing")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("window")
            .mayOnlyBeAccessedByLayers("reconciler")
            .whereLayer("dependency")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("history")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("yaml")
            .mayOnlyBeAccessedByLayers("render", "application", "cluster", "health", "importing")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers(
                    "tree",
                    "compare",
                    "plan",
                    "sync",
                    "history",
                    "reconciler",
                    "heal",
                    "window",
                    "importing",
                    "dependency")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers(
                    "tree",
                    "yaml",
                    "application",
                    "report",
                    "render",
                    "cluster",
                    "compare",
                    "plan",
                    "health",
                    "sync",
                    "history",
                    "reconciler",
                    "heal",
                    "window",
                    "importing",
                    "dependency");

    @ArchTest
    static final ArchRule stagesAreFreeOfCycles =
            slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineKnowsNoJenkins = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.kohsuke..", "org.jenkinsci..");

    @ArchTest
    static final ArchRule theEngineKnowsNoHost = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.jenkins.plugins.gitops..")
                    .and(DescribedPredicate.not(resideInAPackage(ENGINE + ".."))));

    @ArchTest
    static final ArchRule onlyClusterTalksToAnApiServer = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .and()
            .resideOutsideOfPackage(ENGINE + ".cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "okhttp3..", "java.net.http..");

    @ArchTest
    static final ArchRule noStageStartsProcessesButRenderAndTarget = noClasses()
            .that()
            .resideInAPackage(ENGINE + "..")
            .and()
            .resideOutsideOfPackages(ENGINE + ".render..", ENGINE + ".target..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Process.class, Runtime.class);

    @ArchTest
    static final ArchRule noStaticHoldsState = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage(ENGINE + "..")
            .should()
            .beFinal();
}
