package org.distillgrid.clusters;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Passes HTTP on to a server byte by byte, until a request comes that it was told to hold: that one
 * never arrives, and the gate says that it has come.
 */
final class S3Gate implements AutoCloseable {
  private static final int MINUTES = 10;

  /** A request to hold, by its first line's beginning. */
  private record Hold(String request, CountDownLatch came) {}

  private final ServerSocket listener;
  private final int target;
  private final AtomicReference<Hold> hold =
      new AtomicReference<>(new Hold("no request begins so", new CountDownLatch(1)));

  private S3Gate(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Opens a gate before a port of this machine. */
  static S3Gate open(int target) throws IOException {
    S3Gate gate = new S3Gate(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    gate.daemon(gate::accept);
    return gate;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Holds every request from now on whose first line begins so. */
  void hold(String request) {
    hold.set(new Hold(request, new CountDownLatch(1)));
  }

  /** Waits until a request was held; returns whether one came. */
  boolean cameToHold() throws InterruptedException {
    return hold.get().came().await(MINUTES, TimeUnit.MINUTES);
  }

  /** Lets everything pass again; what was held stays lost. */
  void letPass() {
    hold("no request begins so");
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        // Small pieces would wait for acknowledgements that come late.
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        daemon(() -> pass(client, server, true));
        daemon(() -> pass(server, client, false));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void pass(Socket from, Socket to, boolean requests) {
    byte[] piece = new byte[1 << 16];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        Hold held = hold.get();
        // A client sends the head of a request at once.
        String text = new String(piece, 0, read, StandardCharsets.ISO_8859_1);
        if (requests && text.startsWith(held.request())) {
          held.came().countDown();
          TimeUnit.MINUTES.sleep(MINUTES);
        }
        out.write(piece, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One side has closed: so does the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void daemon(Runnable work) {
    Thread thread = new Thread(work, "s3-gate");
    thread.setDaemon(true);
    thread.start();
  }
}
