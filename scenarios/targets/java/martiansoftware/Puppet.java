import com.martiansoftware.nailgun.NGContext;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/** The puppet as a nail of this server. */
public final class Puppet implements Script.Run {
    private final NGContext context;
    private final Map<String, String> environment = new TreeMap<>();

    private Puppet(NGContext context) {
        this.context = context;
        for (String name : context.getEnv().stringPropertyNames()) environment.put(name, context.getEnv().getProperty(name));
    }

    public static void nailMain(NGContext context) throws Exception {
        int code = Script.perform(new Puppet(context));
        if (code != 0) System.exit(code);  // as programs end; the server catches it
    }

    @Override public String[] arguments() { return context.getArgs(); }
    @Override public Map<String, String> environment() { return environment; }
    @Override public String workingDirectory() { return context.getWorkingDirectory(); }
    @Override public InputStream stdin() { return context.in; }
    @Override public OutputStream stdout() { return context.out; }
    @Override public OutputStream stderr() { return context.err; }
}
