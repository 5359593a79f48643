/** How a source is rendered, as the item's form and configuration as code say it. */
package io.jenkins.plugins.gitops.render;
