import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Lowers the class version of a module-info.class to 61 (Java 17).
 *
 * <p>Code for Java 21 has version 65, also in its descriptor. The jar and javadoc plugins read
 * descriptors in Maven's own JVM, which may be a 17 and then refuses. The format of descriptors is
 * the same in both versions. Compiling the file once more with {@code --release 17} would do as
 * well, but changes it in every build, so that all the modules that depend on it are compiled anew.
 */
final class Descriptor {
  private static final int MAJOR_VERSION_AT = 6;
  private static final int JAVA_17 = 61;

  public static void main(String[] args) throws IOException {
    try (var file = new RandomAccessFile(args[0], "rw")) {
      file.seek(MAJOR_VERSION_AT);
      if (file.readUnsignedShort() <= JAVA_17) return;
      file.seek(MAJOR_VERSION_AT);
      file.writeShort(JAVA_17);
    }
  }
}
