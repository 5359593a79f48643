package io.jenkins.plugins.gitops.engine.history;

import io.jenkins.plugins.gitops.engine.history.FaultyFiles.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The files of the machine behind {@link FaultyFiles}. */
final class FaultyFileSystem extends FileSystem {
    private final FileSystem real = FileSystems.getDefault();
    private final FileSystemProvider provider;

    FaultyFileSystem(FaultyFiles faults) {
        this.provider = new Provider(this, faults);
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return real.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return FaultyPath.of(real.getPath(first, more), this);
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    private static final class Provider extends FileSystemProvider {
        private final FaultyFileSystem files;
        private final FaultyFiles faults;
        private final FileSystemProvider real = FileSystems.getDefault().provider();

        Provider(FaultyFileSystem files, FaultyFiles faults) {
            this.files = files;
            this.faults = faults;
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            faults.opens();
            Path file = FaultyPath.real(path);
            boolean isNew = Files.notExists(file)
                    && (options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW));
            if (isNew) {
                faults.step(Step.make);
            }
            FileChannel channel = real.newFileChannel(file, options, attributes);
            if (isNew) {
                faults.made(file);
            } else if (options.contains(StandardOpenOption.WRITE)) {
                faults.opened(file);
            }
            return new FaultyChannel(channel, file, faults, options.contains(StandardOpenOption.SYNC));
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return newFileChannel(path, options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            faults.alive();
            DirectoryStream<Path> stream = real.newDirectoryStream(FaultyPath.real(folder), filter);
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return StreamSupport.stream(stream.spliterator(), false)
                            .map(path -> FaultyPath.of(path, files))
                            .iterator();
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }

        /** No step: what a folder's making loses is what is in it, and that is counted. */
        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            faults.alive();
            real.createDirectory(FaultyPath.real(folder), attributes);
        }

        @Override
        public void createLink(Path link, Path existing) throws IOException {
            faults.step(Step.make);
            Path file = FaultyPath.real(link);
            real.createLink(file, FaultyPath.real(existing));
            faults.linked(file, FaultyPath.real(existing));
        }

        @Override
        public void delete(Path path) throws IOException {
            faults.alive();
            Path file = FaultyPath.real(path);
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            faults.step(Step.delete);
            faults.deletes(file);
            real.delete(file);
        }

        @Override
        public void move(Path from, Path to, CopyOption... options) throws IOException {
            faults.step(Step.move);
            faults.moves(FaultyPath.real(from), FaultyPath.real(to));
            real.move(FaultyPath.real(from), FaultyPath.real(to), options);
        }

        @Override
        public void copy(Path from, Path to, CopyOption... options) {
            throw new UnsupportedOperationException("count its steps first");
        }

        @Override
        public boolean isSameFile(Path path, Path other) throws IOException {
            return real.isSameFile(FaultyPath.real(path), FaultyPath.real(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return real.isHidden(FaultyPath.real(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return real.getFileStore(FaultyPath.real(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            faults.alive();
            real.checkAccess(FaultyPath.real(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return real.getFileAttributeView(FaultyPath.real(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            faults.alive();
            return real.readAttributes(FaultyPath.real(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            faults.alive();
            return real.readAttributes(FaultyPath.real(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            real.setAttribute(FaultyPath.real(path), attribute, value, options);
        }

        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return files;
        }

        @Override
        public Path getPath(URI uri) {
            return FaultyPath.of(real.getPath(uri), files);
        }
    }
}
