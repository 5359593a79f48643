package io.jenkins.plugins.gitops.engine.history;

/**
 * Where one object's content lies in the file of a set.
 *
 * @param name what it is known by everywhere in the history: a digest of its content
 * @param encrypted whether the key is needed to read it
 * @param offset of its first byte behind the file's two lines of JSON
 * @param length in bytes, as stored
 */
record StoredObject(String name, boolean encrypted, int offset, int length) {}
