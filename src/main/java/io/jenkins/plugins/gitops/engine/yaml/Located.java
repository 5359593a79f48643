package io.jenkins.plugins.gitops.engine.yaml;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A node while a document is composed.
 *
 * @param nodes how many values it holds, itself included
 * @param characters of all its keys and strings
 * @param height 0 for a scalar, else one more than its highest child
 */
record Located(JsonNode node, Place place, int nodes, long characters, int height) {}
