package io.jenkins.plugins.gitops.engine.history;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A path whose files are on {@link FaultyFiles}; all else is asked of the real path. */
record FaultyPath(Path real, FileSystem files) implements InvocationHandler {
    static Path of(Path real, FileSystem files) {
        return (Path) Proxy.newProxyInstance(
                FaultyPath.class.getClassLoader(), new Class<?>[] {Path.class}, new FaultyPath(real, files));
    }

    static Path real(Path path) {
        return Proxy.isProxyClass(path.getClass()) && Proxy.getInvocationHandler(path) instanceof FaultyPath faulty
                ? faulty.real()
                : path;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return files;
        }
        Object[] given = arguments == null
                ? new Object[0]
                : Stream.of(arguments)
                        .map(argument -> argument instanceof Path path ? real(path) : argument)
                        .toArray();
        try {
            Object result = method.invoke(real, given);
            return result instanceof Path path ? of(path, files) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
