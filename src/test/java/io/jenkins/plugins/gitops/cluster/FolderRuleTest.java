package io.jenkins.plugins.gitops.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.AbortException;
import hudson.model.Item;
import io.jenkins.plugins.gitops.field.Words;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** {@code team-a/shop/web} and {@code team-b/web} ask for clusters. */
@WithJenkins
class FolderRuleTest {
    private JenkinsRule jenkins;
    private Folder teamA;
    private Folder shop;
    private Item web;
    private Item foreign;

    @BeforeEach
    void folders(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        teamA = jenkins.createProject(Folder.class, "team-a");
        shop = teamA.createProject(Folder.class, "shop");
        web = shop.createProject(Folder.class, "web");
        foreign = jenkins.createProject(Folder.class, "team-b").createProject(Folder.class, "web");
    }

    private static ClusterDefinition cluster(String name, String allowedFolders) {
        ClusterDefinition cluster = new ClusterDefinition(name);
        cluster.setServerUrl("https://cluster.example");
        cluster.setAllowedFolders(new Words(allowedFolders));
        return cluster;
    }

    @Test
    void aClusterWithoutFoldersIsForEverybody() {
        assertThat(cluster("a", "").isUsableBy(web)).isTrue();
        assertThat(cluster("a", "").isUsableBy(null)).isTrue();
    }

    @Test
    void aFolderStandsForAllBelowIt() {
        ClusterDefinition cluster = cluster("a", "team-a");
        assertThat(cluster.isUsableBy(web)).isTrue();
        assertThat(cluster.isUsableBy(shop)).isTrue();
        assertThat(cluster.isUsableBy(foreign)).isFalse();
    }

    @Test
    void aNameThatOnlyBeginsLikeAFolderIsAnother() throws Exception {
        Item other = jenkins.createProject(Folder.class, "team-a2");
        assertThat(cluster("a", "team-a").isUsableBy(other)).isFalse();
    }

    @Test
    void aStarStandsForTextWithinOneName() {
        assertThat(cluster("a", "team-*/shop").isUsableBy(web)).isTrue();
        assertThat(cluster("a", "team-*/shop").isUsableBy(foreign)).isFalse();
        assertThat(cluster("a", "*/web").isUsableBy(foreign)).isTrue();
        assertThat(cluster("a", "*/web").isUsableBy(web)).isFalse();
    }

    @Test
    void anItemMayBeNamedItself() {
        assertThat(cluster("a", "team-a/shop/web, other").isUsableBy(web)).isTrue();
        assertThat(cluster("a", "team-a/shop/web, other").isUsableBy(shop)).isFalse();
    }

    @Test
    void aFolderTakesClustersAwayForAllBelowIt() throws Exception {
        teamA.addProperty(new ClusterFolderProperty("test, prod"));
        assertThat(cluster("prod", "").isUsableBy(web)).isTrue();
        assertThat(cluster("other", "").isUsableBy(web)).isFalse();
        assertThat(cluster("other", "").isUsableBy(foreign)).isTrue();
    }

    @Test
    void aFolderBelowCannotGiveBackWhatOneAboveTook() throws Exception {
        teamA.addProperty(new ClusterFolderProperty("test"));
        shop.addProperty(new ClusterFolderProperty("test, prod"));
        assertThat(cluster("prod", "").isUsableBy(web)).isFalse();
        assertThat(cluster("test", "").isUsableBy(web)).isTrue();
    }

    @Test
    void anEmptyPropertyTakesAllAway() throws Exception {
        shop.addProperty(new ClusterFolderProperty(""));
        assertThat(cluster("test", "").isUsableBy(web)).isFalse();
    }

    @Test
    void aForeignClusterReadsAsIfThereWereNone() throws Exception {
        GitOpsConfiguration.get().setClusters(List.of(cluster("test", ""), cluster("secret", "team-b")));
        assertThatThrownBy(() -> Clusters.find("secret", web))
                .isInstanceOf(AbortException.class)
                .hasMessage("There is no cluster secret that team-a/shop/web may use; there are test.");
        assertThatThrownBy(() -> Clusters.find("nothing", web))
                .hasMessage("There is no cluster nothing that team-a/shop/web may use; there are test.");
        assertThat(Clusters.find("secret", foreign).getName()).isEqualTo("secret");
        assertThat(Clusters.usableBy(web))
                .extracting(ClusterDefinition::getName)
                .containsExactly("test");
    }

    @Test
    void credentialsOfAForeignClusterAreNotGivenOut() throws Exception {
        GitOpsConfiguration.get().setClusters(List.of(cluster("secret", "team-b")));
        ClusterDefinition secret = Clusters.find("secret", foreign);
        assertThatThrownBy(() -> secret.access(web)).isInstanceOf(AbortException.class);
    }

    @Test
    void theFolderPropertySurvivesItsForm() throws Exception {
        teamA.addProperty(new ClusterFolderProperty("test, prod"));
        jenkins.configRoundtrip(teamA);
        assertThat(teamA.getProperties().get(ClusterFolderProperty.class).getClusters())
                .isEqualTo("test, prod");
    }

    @Test
    void aFolderWithoutThePropertyStaysWithoutItInItsForm() throws Exception {
        jenkins.configRoundtrip(teamA);
        assertThat(teamA.getProperties().get(ClusterFolderProperty.class)).isNull();
    }
}
