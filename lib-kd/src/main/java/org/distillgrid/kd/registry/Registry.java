package org.distillgrid.kd.registry;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;

/**
 * The services of one kind by name. A jar given to Spark with {@code --jars} adds to it by a file
 * in {@code META-INF/services}; a name given twice is an error at start.
 */
public final class Registry<T extends Named> {
  private final String kind;
  private final Map<String, T> byName;

  private Registry(String kind, Map<String, T> byName) {
    this.kind = kind;
    this.byName = byName;
  }

  /**
   * Loads every service of a type.
   *
   * @param kind how a message calls such a service, for instance {@code "quantizer"}
   * @throws GridException if two services share a name, or a jar names one that cannot be made
   */
  public static <T extends Named> Registry<T> load(String kind, Class<T> service) {
    try {
      return of(kind, ServiceLoader.load(service, loader(service)));
    } catch (ServiceConfigurationError e) {
      throw GridException.of(
          e,
          ErrorCode.USAGE,
          "Cannot load a %s: %s",
          kind,
          e.getMessage().lines().iterator().next());
    }
  }

  /** Returns a registry of the given services. */
  public static <T extends Named> Registry<T> of(String kind, Iterable<T> services) {
    Map<String, T> byName = new TreeMap<>();
    for (T service : services) {
      T earlier = byName.put(service.name(), service);
      if (earlier != null) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot register %s %s twice: %s and %s",
            kind,
            service.name(),
            earlier.getClass().getName(),
            service.getClass().getName());
      }
    }
    return new Registry<>(kind, Collections.unmodifiableMap(byName));
  }

  /**
   * Returns the service of a name.
   *
   * @throws GridException if there is none; the message suggests the nearest name
   */
  public T named(String name) {
    T found = byName.get(name);
    if (found == null) {
      throw GridException.of(
          ErrorCode.USAGE, "Unknown %s: %s%s", kind, name, NearestName.hint(name, names()));
    }
    return found;
  }

  /**
   * Returns the service of the family that a name with options begins with, {@code edsr-c64-b16}
   * for instance.
   *
   * @throws GridException if there is none; the message suggests the nearest name, or the whole one
   *     as it should be spelled
   */
  public T family(String text) {
    String respelled = NameOptions.respelled(text);
    if (!byName.containsKey(NameOptions.family(text))
        && byName.containsKey(NameOptions.family(respelled))) {
      throw GridException.of(
          ErrorCode.USAGE, "Unknown %s: %s (did you mean %s?)", kind, text, respelled);
    }
    return named(NameOptions.family(text));
  }

  /** Returns all names in alphabetical order. */
  public Set<String> names() {
    return byName.keySet();
  }

  /** Returns all services in the order of their names. */
  public Collection<T> all() {
    return byName.values();
  }

  // Spark puts the jars of --jars into the context class loader, not into the application's own.
  private static ClassLoader loader(Class<?> service) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context == null) {
      return service.getClassLoader();
    }
    return context;
  }
}
