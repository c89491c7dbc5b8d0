package io.autodump.cli.wiring;

import java.lang.reflect.Proxy;

/** The signal SIGHUP, by which services are asked to read their configuration again. */
public final class Hangup {
    private Hangup() {}

    /**
     * Calls an action on each SIGHUP, on a thread of its own. Without this call, the signal ends the process. Does
     * nothing if this JVM doesn't know the signal, or ignores it.
     */
    public static void calls(Runnable action) {
        try {
            // The JDK has signals only in a package that the compiler warns of (module jdk.unsupported).
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object caller = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), caller);
        } catch (ReflectiveOperationException | IllegalArgumentException unknown) {
            // Windows, a JVM with -Xrs, or nohup.
        }
    }
}
