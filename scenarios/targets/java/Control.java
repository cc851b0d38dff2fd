import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The puppet's end of the control connection: lines of JSON out, orders in. A drop ends the puppet, also out of a read. */
final class Control implements Closeable {
    private static final Pattern GO = Pattern.compile("\\{\"go\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\}");
    private static final Pattern OP = Pattern.compile("\\{\"op\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\}");
    private static final Pattern EXIT = Pattern.compile("\\{\"exit\":\\s*(-?\\d+)\\}");

    private final SocketChannel channel;
    private final String run;
    private final Thread puppet = Thread.currentThread();
    private final List<String> released = new ArrayList<>();
    private final ArrayDeque<String> ops = new ArrayDeque<>();
    private Integer exitCode;
    private boolean dropped;
    private boolean reading;

    private Control(SocketChannel channel, String run) {
        this.channel = channel;
        this.run = run;
    }

    static Control connect(String address, String run) throws IOException {
        SocketChannel channel;
        SocketAddress where;
        if (address.startsWith("unix:")) {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            where = UnixDomainSocketAddress.of(address.substring(5));
        } else {
            String[] parts = address.substring(4).split(":");
            channel = SocketChannel.open();
            where = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
        }
        channel.connect(where);
        Control control = new Control(channel, run);
        control.report("hello", "pid", (int) ProcessHandle.current().pid());
        Thread reader = new Thread(control::readOrders, "puppet control of " + run);
        reader.setDaemon(true);
        reader.start();
        return control;
    }

    void report(String event, String key, int number) throws IOException {
        send("\"" + key + "\":" + number, event);
    }

    void report(String event, String key, String text) throws IOException {
        send("\"" + key + "\":\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"", event);
    }

    private void send(String member, String event) throws IOException {
        String line = "{\"run\":\"" + run + "\",\"ev\":\"" + event + "\"," + member + "}\n";
        // Not by a stream of the channel: it would wait for the lock that the reader's holds.
        for (ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)); bytes.hasRemaining();) channel.write(bytes);
    }

    private void readOrders() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) take(line);
        } catch (IOException ended) {
            // told below, as a drop
        }
        end(null);
    }

    /** Over by order, or by the drop of the connection: the puppet may be waiting for an order, or reading its stdin. */
    private synchronized void end(Integer code) {
        if (code == null) dropped = true;
        else exitCode = code;
        notifyAll();
        if (reading) puppet.interrupt();
    }

    /** Between this and endReading() the puppet's end interrupts its thread. False: it has come already. */
    synchronized boolean beginReading() {
        reading = exitCode == null && !dropped;
        return reading;
    }

    synchronized void endReading() {
        reading = false;
        Thread.interrupted();  // the thread is the server's, and serves others after this run
    }

    private synchronized void take(String line) {
        Matcher go = GO.matcher(line);
        Matcher op = OP.matcher(line);
        Matcher exit = EXIT.matcher(line);
        if (go.matches()) released.add(plain(go.group(1)));
        else if (op.matches()) ops.add(plain(op.group(1)));
        else if (exit.matches()) end(Integer.valueOf(exit.group(1)));
        notifyAll();
    }

    private static String plain(String json) {
        return json.replace("\\\"", "\"").replace("\\\\", "\\");
    }

    synchronized String nextOp() {
        return ops.poll();
    }

    synchronized Integer exitCode() {
        return exitCode;
    }

    synchronized boolean dropped() {
        return dropped;
    }

    /** Waits for an order when `token` has not been released yet. */
    synchronized boolean takeGo(String token) throws IOException {
        if (released.remove(token)) return true;
        await();
        return false;
    }

    /** Until an order has come or the connection has ended. */
    synchronized void await() throws IOException {
        try {
            if (exitCode == null && !dropped && ops.isEmpty()) wait();
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
