package io.channel4j.stress;

import io.channel4j.internal.Seam;
import io.channel4j.select.Select;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Map;

/**
 * Makes the library's compiled code, as it is, park in {@link ModelParking}: the names of two
 * classes in the constant pools of the two classes that wait or look at the clock. It must be the
 * first in its JVM to touch them.
 */
final class Rewired {
  private static final Map<String, String> NAMES =
      Map.of(
          "java/util/concurrent/locks/LockSupport", "io/channel4j/stress/ModelParking",
          "java/lang/System", "io/channel4j/stress/ModelParking");

  /** How many names were replaced, by class. */
  static final Map<String, Integer> REPLACED =
      Map.of(
          "Parker", define(Seam.class, "io/channel4j/internal/Parker"),
          "Selector", define(Select.class, "io/channel4j/select/Selector"));

  private Rewired() {}

  private static int define(Class<?> neighbour, String name) {
    try (InputStream in = neighbour.getClassLoader().getResourceAsStream(name + ".class")) {
      if (in == null) {
        throw new AssertionError("no class file of " + name);
      }
      var out = new ByteArrayOutputStream();
      int replaced = copy(new DataInputStream(in), new DataOutputStream(out));
      Class<?> unused =
          MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
              .defineClass(out.toByteArray());
      return replaced;
    } catch (IOException | IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** The format is chapter 4.4 of the Java Virtual Machine Specification. */
  private static int copy(DataInputStream in, DataOutputStream out) throws IOException {
    out.writeInt(in.readInt()); // magic
    out.writeInt(in.readInt()); // version
    int count = in.readUnsignedShort();
    out.writeShort(count);
    int replaced = 0;
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case 1 -> { // Utf8
          String text = in.readUTF();
          String other = NAMES.get(text);
          replaced += other == null ? 0 : 1;
          out.writeUTF(other == null ? text : other);
        }
        case 5, 6 -> { // Long, Double: two entries
          out.writeLong(in.readLong());
          i++;
        }
        case 7, 8, 16, 19, 20 -> out.writeShort(in.readUnsignedShort());
        case 15 -> { // MethodHandle
          out.writeByte(in.readUnsignedByte());
          out.writeShort(in.readUnsignedShort());
        }
        default -> out.writeInt(in.readInt());
      }
    }
    in.transferTo(out);
    return replaced;
  }
}
