import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Performs a puppet's script for one run of a Java nailgun server: the same ops as the project's own puppet. */
final class Script {
    /** What a run is given; the two servers have the same names for it in two packages. */
    interface Run {
        String[] arguments();
        Map<String, String> environment();
        String workingDirectory();
        InputStream stdin();
        OutputStream stdout();
        OutputStream stderr();
    }

    private static final int PIECE = 64 * 1024;
    private static final int USAGE = 64;
    private static final int CONTROL_LOST = 70;

    private final Run run;
    private final String tag;
    private final Control control;
    private final boolean[] closed = new boolean[3];
    private final Map<String, String> set = new TreeMap<>();

    private Script(Run run, Control control) {
        this.run = run;
        this.tag = run.environment().getOrDefault("NAILBITER_RUN", "-");
        this.control = control;
    }

    /** The run's exit code. */
    static int perform(Run run) throws IOException {
        String address = run.environment().get("NAILBITER_CONTROL");
        if (address == null) return new Script(run, null).performAll();
        try (Control control = Control.connect(address, run.environment().getOrDefault("NAILBITER_RUN", "-"))) {
            int code = new Script(run, control).performAll();
            control.report("exit", "code", code);
            return code;
        }
    }

    private int performAll() throws IOException {
        try {
            for (String op : run.arguments()) perform(op);
            return 0;
        } catch (Ended ended) {
            return ended.code;
        }
    }

    private void perform(String op) throws IOException, Ended {
        if (control != null) obey();
        int space = op.indexOf(' ');
        String name = space < 0 ? op : op.substring(0, space);
        String rest = space < 0 ? "" : op.substring(space + 1);
        switch (name) {
            case "out": write(1, unescaped(rest)); break;
            case "err": write(2, unescaped(rest)); break;
            case "cat": copy(); break;
            case "read": skip(Long.parseLong(rest)); break;
            case "close": close(Integer.parseInt(rest)); break;
            case "env": write(1, (valueOf(rest) + "\n").getBytes(StandardCharsets.UTF_8)); break;
            case "envall": envall(); break;
            case "args": args(); break;
            case "cwd": write(1, (run.workingDirectory() + "\n").getBytes(StandardCharsets.UTF_8)); break;
            case "setenv": set.put(rest.split(" ", 2)[0], rest.split(" ", 2)[1]); break;
            case "stream": stream(Integer.parseInt(rest.split(" ")[0]), Long.parseLong(rest.split(" ")[1])); break;
            case "wait": waitFor("at", "token", rest); break;
            case "barrier": waitFor("barrier", "name", rest); break;
            case "hang": hang(); break;
            case "exit": throw new Ended(Integer.parseInt(rest));
            default:
                write(2, ("puppet: unknown op " + name + "\n").getBytes(StandardCharsets.UTF_8));
                throw new Ended(USAGE);
        }
    }

    private void obey() throws IOException, Ended {
        Integer code = control.exitCode();
        if (code != null) throw new Ended(code);
        for (String op = control.nextOp(); op != null; op = control.nextOp()) perform(op);
        if (control.dropped()) throw new Ended(CONTROL_LOST);
    }

    private void waitFor(String event, String key, String token) throws IOException, Ended {
        if (control == null) {
            run.stdin().read();
            return;
        }
        control.report(event, key, token);
        do obey();
        while (!control.takeGo(token));
    }

    private void hang() throws IOException, Ended {
        for (;;) {
            if (control == null) {
                if (run.stdin().read() < 0) throw new Ended(0);
            } else {
                obey();
                control.await();
            }
        }
    }

    private void write(int fd, byte[] text) throws IOException {
        if (closed[fd] || text.length == 0) return;
        OutputStream stream = fd == 1 ? run.stdout() : run.stderr();
        stream.write(text);
        stream.flush();
    }

    private void close(int fd) throws IOException {
        closed[fd] = true;
    }

    private void copy() throws IOException, Ended {
        byte[] piece = new byte[PIECE];
        for (int got; !closed[0] && (got = read(piece, piece.length)) > 0;) {
            write(1, java.util.Arrays.copyOf(piece, got));
        }
    }

    private void skip(long bytes) throws IOException, Ended {
        byte[] piece = new byte[PIECE];
        while (bytes > 0 && !closed[0]) {
            int got = read(piece, (int) Math.min(bytes, piece.length));
            if (got <= 0) return;
            bytes -= got;
        }
    }

    /** Some of stdin, -1 at its end. An order to end, or the drop of the control connection, comes through. */
    private int read(byte[] piece, int bytesMax) throws IOException, Ended {
        if (control == null) return run.stdin().read(piece, 0, bytesMax);
        if (!control.beginReading()) obey();
        try {
            return run.stdin().read(piece, 0, bytesMax);
        } catch (IOException failed) {
            control.endReading();
            obey();
            throw failed;
        } finally {
            control.endReading();
        }
    }

    /** Lines of 64 bytes: "NB run fd offset", filled with dots, then a newline; the last line is cut. */
    private void stream(int fd, long bytes) throws IOException, Ended {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
        for (long offset = 0; offset < bytes; offset += 64) {
            StringBuilder line = new StringBuilder("NB " + tag + " " + fd + " " + offset);
            while (line.length() < 63) line.append('.');
            line.setLength(63);
            line.append('\n');
            piece.write(line.toString().getBytes(StandardCharsets.UTF_8), 0, (int) Math.min(64, bytes - offset));
            if (piece.size() >= PIECE || offset + 64 >= bytes) {
                write(fd, piece.toByteArray());
                piece.reset();
            }
        }
    }

    private String valueOf(String name) {
        String value = set.containsKey(name) ? set.get(name) : run.environment().get(name);
        return value == null ? "<unset>" : value;
    }

    private void envall() throws IOException {
        TreeMap<String, String> all = new TreeMap<>(run.environment());
        all.putAll(set);
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> entry : all.entrySet()) {
            String name = entry.getKey();
            if (name.startsWith("NAILBITER_") || name.startsWith("NAILGUN_")) continue;
            text.append(escaped(name)).append('=').append(escaped(entry.getValue())).append('\n');
        }
        write(1, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void args() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String argument : run.arguments()) text.append(escaped(argument)).append('\n');
        write(1, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String raw) {
        StringBuilder text = new StringBuilder();
        for (byte each : raw.getBytes(StandardCharsets.UTF_8)) {
            int value = each & 0xff;
            if (value == '\\') text.append("\\\\");
            else if (value == '\n') text.append("\\n");
            else if (value >= 0x20 && value <= 0x7e) text.append((char) value);
            else text.append(String.format("\\x%02x", value));
        }
        return text.toString();
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ++at) {
            char each = text.charAt(at);
            if (each != '\\' || at + 1 == text.length()) {
                out.writeBytes(String.valueOf(each).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            char kind = text.charAt(++at);
            switch (kind) {
                case 'n': out.write('\n'); break;
                case 't': out.write('\t'); break;
                case 'r': out.write('\r'); break;
                case '0': out.write(0); break;
                case 'x':
                    out.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
                    at += 2;
                    break;
                default: out.write(kind);
            }
        }
        return out.toByteArray();
    }

    /** The script is over, with this exit code. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1;
        final int code;

        Ended(int code) {
            super(null, null, false, false);
            this.code = code;
        }
    }
}
