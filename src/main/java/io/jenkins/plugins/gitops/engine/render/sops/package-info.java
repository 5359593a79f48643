/**
 * Files that SOPS encrypted for age keys: the formats of getsops/sops 3 and of age 1 (age-encryption.org/v1), read in memory and
 * written nowhere.
 */
package io.jenkins.plugins.gitops.engine.render.sops;
