package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A manager whose arrays are known to a recorder as constants. */
final class ManagerHandler implements InvocationHandler {
  private final NDManager real;
  private final Recorder recorder;

  private ManagerHandler(NDManager real, Recorder recorder) {
    this.real = real;
    this.recorder = recorder;
  }

  static NDManager proxy(NDManager real, Recorder recorder) {
    return (NDManager)
        Proxy.newProxyInstance(
            NDManager.class.getClassLoader(),
            new Class<?>[] {NDManager.class},
            new ManagerHandler(real, recorder));
  }

  static NDManager real(NDManager manager) {
    if (Proxy.isProxyClass(manager.getClass())) {
      return ((ManagerHandler) Proxy.getInvocationHandler(manager)).real;
    }
    return manager;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("from") && Proxy.isProxyClass(arguments[0].getClass())) {
      return arguments[0];
    }
    Object result = call(real, method, arguments);
    if (result instanceof NDArray array) {
      return recorder.constant(array);
    }
    if (result instanceof NDManager manager) {
      return proxy(manager, recorder);
    }
    return result;
  }

  static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    return callAsIs(target, method, Recorder.unwrapped(arguments));
  }

  static Object callAsIs(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
